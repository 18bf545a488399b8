// An empty source: n2m_add_test_family() compiles it beside the precompiled header that the tests of one family share.

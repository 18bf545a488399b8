// Linked into the tests where they are built with ThreadSanitizer, and nowhere else. Qt hands values from thread to
// thread under futexes that the sanitizer does not see, as it did not compile them: every value that goes with a queued
// signal, or into the thread pool, would look like a race. So the functions of Qt that our code calls for that are
// stood in for here: handing over is a release, taking a delivery an acquire, of one variable for all. What two threads
// share without such a step in between is still found.

#include <QtCore/QCoreApplication>
#include <QtCore/QThread>
#include <QtCore/QThreadPool>

#include <sanitizer/tsan_interface.h>

#include <functional>

#include <dlfcn.h>

extern "C" {
void AnnotateIgnoreWritesBegin(const char* file, int line); // of the sanitizer, without a header
void AnnotateIgnoreWritesEnd(const char* file, int line);
}

namespace {

char handOver;

void give() {
    __tsan_release(&handOver);
}

void take() {
    __tsan_acquire(&handOver);
}

template <class Function> Function* next(Function*, const char* name) {
    return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

#define N2M_NEXT(name) static auto* const real = next(&name, #name)

} // namespace

// By their names for the linker, as some are private.
extern "C" {

// QMetaObject::activate(QObject*, QMetaObject const*, int, void**): what emits a signal.
void _ZN11QMetaObject8activateEP7QObjectPKS_iPPv(void* sender, const void* meta, int signal, void** arguments) {
    N2M_NEXT(_ZN11QMetaObject8activateEP7QObjectPKS_iPPv);
    give();
    // A queued signal copies its arguments in there, after this release: so of what other threads than the main one do
    // in there, the copying, nothing is watched. Their signals are all queued ones.
    const bool copies = qApp && QThread::currentThread() != qApp->thread();
    if (copies) AnnotateIgnoreWritesBegin(__FILE__, __LINE__);
    real(sender, meta, signal, arguments);
    if (copies) AnnotateIgnoreWritesEnd(__FILE__, __LINE__);
}

// QMetaObject::invokeMethodImpl(QObject*, QtPrivate::QSlotObjectBase*, Qt::ConnectionType, void*)
bool _ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPv(void* object,
                                                                                                       void* slot,
                                                                                                       int type,
                                                                                                       void* result) {
    N2M_NEXT(_ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPv);
    give();
    // The other thread may be done with the call before this one returns, which then frees it, after that thread's
    // reads.
    const bool frees = qApp && QThread::currentThread() != qApp->thread();
    if (frees) AnnotateIgnoreWritesBegin(__FILE__, __LINE__);
    const bool known = real(object, slot, type, result);
    if (frees) AnnotateIgnoreWritesEnd(__FILE__, __LINE__);
    return known;
}

// QObject::event(QEvent*): what delivers to an object of ours, on any thread.
bool _ZN7QObject5eventEP6QEvent(void* object, void* event) {
    N2M_NEXT(_ZN7QObject5eventEP6QEvent);
    take();
    return real(object, event);
}

// QThreadPool::start(std::function<void()>, int)
void _ZN11QThreadPool5startESt8functionIFvvEEi(void* pool, std::function<void()> task, int priority) {
    N2M_NEXT(_ZN11QThreadPool5startESt8functionIFvvEEi);
    std::function<void()> wrapped = [task = std::move(task)]() mutable {
        take();
        task();
        task = nullptr;
        give();
    };
    give();
    real(pool, std::move(wrapped), priority);
}

// QThread::quit()
void _ZN7QThread4quitEv(void* thread) {
    N2M_NEXT(_ZN7QThread4quitEv);
    give();
    real(thread);
}

// QThreadPool::waitForDone(int)
bool _ZN11QThreadPool11waitForDoneEi(void* pool, int milliseconds) {
    N2M_NEXT(_ZN11QThreadPool11waitForDoneEi);
    const bool done = real(pool, milliseconds);
    take();
    return done;
}

// QThreadPool::~QThreadPool()
void _ZN11QThreadPoolD1Ev(void* pool) {
    N2M_NEXT(_ZN11QThreadPoolD1Ev);
    real(pool);
    take();
}
}

namespace {

/// Events for the objects of Qt itself, widgets above all, on the main thread.
class Taker : public QObject {
public:
    using QObject::QObject;
    bool eventFilter(QObject*, QEvent*) override {
        take();
        return false;
    }
};

void install() {
    QCoreApplication::instance()->installEventFilter(new Taker(QCoreApplication::instance()));
}

} // namespace

Q_COREAPP_STARTUP_FUNCTION(install)

#!/usr/bin/env python3
"""Keeps translations of texts that were reworded, or moved to another class.

    git show HEAD:assets/translations/noise2music_de.ts > old.ts
    cmake --build --preset release --target update_translations
    packaging/move-translations.py old.ts assets/translations/noise2music_de.ts [moves.tsv]

Fills the unfinished messages of the second file: from the first one, by context and text, then by text alone; and from
moves.tsv, whose lines are a new text, a tab, and its translation, or "= " and the old text that it had before. In texts,
\\n is a line break. Several translations by number (numerusform) are separated by " | ".
"""
import re
import sys
from xml.sax.saxutils import escape, unescape

MESSAGE = re.compile(r"<message(?: numerus=\"yes\")?>.*?</message>", re.S)


def source_of(message):
    return unescape(re.search(r"<source>(.*?)</source>", message, re.S).group(1), {"&quot;": '"', "&apos;": "'"})


def translation_of(message):
    if 'type="unfinished"' in message or "<translation" not in message:
        return None
    forms = re.findall(r"<numerusform>(.*?)</numerusform>", message, re.S)
    text = " | ".join(forms) if forms else re.search(r"<translation>(.*?)</translation>", message, re.S)
    if text is not None and not isinstance(text, str):
        text = text.group(1)
    return unescape(text, {"&quot;": '"', "&apos;": "'"}) if text else None


def contexts_of(text):
    for context in re.findall(r"<context>.*?</context>", text, re.S):
        yield re.search(r"<name>(.*?)</name>", context).group(1), context


def main(old_file, new_file, moves_file=None):
    by_context, by_source = {}, {}
    for name, context in contexts_of(open(old_file, encoding="utf-8").read()):
        for message in MESSAGE.findall(context):
            translation = translation_of(message)
            if translation:
                by_context[name, source_of(message)] = translation
                by_source.setdefault(source_of(message), translation)
    moves = {}
    if moves_file:
        for line in open(moves_file, encoding="utf-8"):
            if "\t" in line:
                new, value = line.rstrip("\n").replace("\\n", "\n").split("\t", 1)
                moves[new] = by_source.get(value[2:]) if value.startswith("= ") else value

    missing = []

    def fill(name, message):
        if 'type="unfinished"' not in message:
            return message
        source = source_of(message)
        text = by_context.get((name, source)) or moves.get(source) or by_source.get(source)
        if not text:
            missing.append((name, source))
            return message
        numerus = "<numerusform>" in message
        forms = [escape(form) for form in (text.split(" | ") if numerus else [text])]
        lines = "".join(f"\n            <numerusform>{form}</numerusform>" for form in forms) + "\n        "
        filled = f"<translation>{lines if numerus else forms[0]}</translation>"
        return re.sub(r"<translation type=\"unfinished\">.*?</translation>", lambda _: filled, message, flags=re.S)

    text = open(new_file, encoding="utf-8").read()
    for name, context in list(contexts_of(text)):
        text = text.replace(context, MESSAGE.sub(lambda match, name=name: fill(name, match.group(0)), context))
    open(new_file, "w", encoding="utf-8").write(text)
    for name, source in missing:
        print(f"{name}\t{source}".replace("\n", "\\n"))


if __name__ == "__main__":
    main(*sys.argv[1:])

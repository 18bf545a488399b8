<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>ClipView</name>
    <message>
        <source>%1 Hz</source>
        <translation>%1 Hz</translation>
    </message>
    <message>
        <source>%1 kHz</source>
        <translation>%1 kHz</translation>
    </message>
    <message>
        <source>0 dB</source>
        <translation>0 dB</translation>
    </message>
</context>
<context>
    <name>ColourMap</name>
    <message>
        <source>Magma</source>
        <translation>Magma</translation>
    </message>
    <message>
        <source>Inferno</source>
        <translation>Inferno</translation>
    </message>
    <message>
        <source>Plasma</source>
        <translation>Plasma</translation>
    </message>
    <message>
        <source>Viridis</source>
        <translation>Viridis</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Grau</translation>
    </message>
</context>
<context>
    <name>Messages</name>
    <message>
        <source>{}: its table of words has {} numbers, and its configuration wants {}</source>
        <translation>{}: die Tabelle der Wörter hat {} Zahlen, und die Konfiguration verlangt {}</translation>
    </message>
    <message>
        <source>four numbers were expected</source>
        <translation>vier Zahlen wurden erwartet</translation>
    </message>
    <message>
        <source>must divide text_width</source>
        <translation>muss text_width teilen</translation>
    </message>
    <message>
        <source>"{}" was expected</source>
        <translation>„{}“ wurde erwartet</translation>
    </message>
    <message>
        <source>{}: this bundle has no joint embedding: train one (noise2music train embedding)</source>
        <translation>{}: dieses Bundle hat keine gemeinsame Einbettung: trainieren Sie eine (noise2music train embedding)</translation>
    </message>
    <message>
        <source>a clip without sound has no embedding</source>
        <translation>ein Clip ohne Klang hat keine Einbettung</translation>
    </message>
    <message>
        <source>a log-mel spectrogram of {} bands has a multiple of that many values</source>
        <translation>ein Log-Mel-Spektrogramm mit {} Bändern hat ein Vielfaches so vieler Werte</translation>
    </message>
    <message>
        <source>vectors of {} and {} dimensions cannot be compared</source>
        <translation>Vektoren mit {} und {} Dimensionen lassen sich nicht vergleichen</translation>
    </message>
    <message>
        <source>there is no vector to take the mean of</source>
        <translation>es gibt keinen Vektor, der zu mitteln wäre</translation>
    </message>
    <message>
        <source>the meaning "{}" has no value</source>
        <translation>Die Bedeutung „{}“ hat keinen Wert</translation>
    </message>
    <message>
        <source>an equals sign between blanks is missing</source>
        <translation>Ein Gleichheitszeichen zwischen Leerzeichen fehlt</translation>
    </message>
    <message>
        <source>a phrase is empty</source>
        <translation>Eine Wendung ist leer</translation>
    </message>
    <message>
        <source>the MIDI file has more than {} notes, the most that a score may have</source>
        <translation>die MIDI-Datei hat mehr als {} Noten, die größte Zahl für eine Partitur</translation>
    </message>
    <message>
        <source>the MIDI file has {} bytes, more than {}</source>
        <translation>die MIDI-Datei hat {} Bytes, mehr als {}</translation>
    </message>
    <message>
        <source>this is not a MIDI file: it does not begin with MThd</source>
        <translation>das ist keine MIDI-Datei: Sie beginnt nicht mit MThd</translation>
    </message>
    <message>
        <source>the MIDI file ends in its header; get a whole copy</source>
        <translation>die MIDI-Datei endet in ihrem Kopf; besorgen Sie eine vollständige Kopie</translation>
    </message>
    <message>
        <source>this MIDI file is of format 2, a list of separate patterns; save it as format 0 or 1</source>
        <translation>diese MIDI-Datei hat das Format 2, eine Liste einzelner Muster; speichern Sie sie als Format 0 oder 1</translation>
    </message>
    <message>
        <source>there is no MIDI file of format {}; there are 0 and 1</source>
        <translation>ein MIDI-Format {} gibt es nicht; es gibt 0 und 1</translation>
    </message>
    <message>
        <source>the MIDI file has a division of {}, which is not a unit of time</source>
        <translation>die MIDI-Datei hat die Zeiteinteilung {}, die keine Zeiteinheit ist</translation>
    </message>
    <message>
        <source>the file ends after {} of {} tracks</source>
        <translation>die Datei endet nach {} von {} Spuren</translation>
    </message>
    <message>
        <source>{} of {} tracks are damaged or cut off; the notes before that are kept</source>
        <translation>{} von {} Spuren sind beschädigt oder abgeschnitten; die Noten davor bleiben</translation>
    </message>
    <message>
        <source>there are no notes in this MIDI file</source>
        <translation>in dieser MIDI-Datei sind keine Noten</translation>
    </message>
    <message>
        <source>there are no notes in the first hour of this MIDI file</source>
        <translation>in der ersten Stunde dieser MIDI-Datei sind keine Noten</translation>
    </message>
    <message>
        <source>the file lasts {:.0f} s; its first {:.0f} s are read</source>
        <translation>die Datei dauert {:.0f} s; gelesen werden die ersten {:.0f} s</translation>
    </message>
    <message>
        <source>this plan has no score, so there are no notes to write</source>
        <translation>dieser Plan hat keine Partitur, also gibt es keine Noten zu schreiben</translation>
    </message>
    <message>
        <source>out of memory; a shorter clip needs less</source>
        <translation>zu wenig Speicher; ein kürzerer Clip braucht weniger</translation>
    </message>
    <message>
        <source>The text above the clip is not a chord.</source>
        <translation>Der Text über dem Clip ist kein Akkord.</translation>
    </message>
    <message>
        <source>{} has no sound files</source>
        <translation>{} hat keine Klangdateien</translation>
    </message>
    <message>
        <source>the prompt is empty; say what the music should sound like</source>
        <translation>Der Prompt ist leer; sagen Sie, wie die Musik klingen soll</translation>
    </message>
    <message>
        <source>the list of chords is empty</source>
        <translation>Die Liste der Akkorde ist leer</translation>
    </message>
    <message>
        <source>the prompt</source>
        <translation>Der Prompt</translation>
    </message>
    <message>
        <source>the negative prompt</source>
        <translation>Der negative Prompt</translation>
    </message>
    <message>
        <source>the length in seconds</source>
        <translation>Die Länge in Sekunden</translation>
    </message>
    <message>
        <source>the tempo in beats per minute</source>
        <translation>Das Tempo in Schlägen pro Minute</translation>
    </message>
    <message>
        <source>"%" repeats the bar before it, but there is none</source>
        <translation>"%" wiederholt den Takt davor, aber es gibt keinen</translation>
    </message>
    <message>
        <source>"%" repeats the chord before it, but there is none</source>
        <translation>"%" wiederholt den Akkord davor, aber es gibt keinen</translation>
    </message>
    <message>
        <source>there is no chord: accepted is a list such as "Am F C G"</source>
        <translation>Da ist kein Akkord: möglich ist eine Liste wie "Am F C G"</translation>
    </message>
    <message>
        <source>No sound device was found</source>
        <translation>Es wurde kein Tongerät gefunden</translation>
    </message>
    <message>
        <source>the last changes to this library cannot be seen, as their log cannot be opened</source>
        <translation>Die letzten Änderungen dieser Bibliothek sind nicht zu sehen, da sich ihr Protokoll nicht öffnen lässt</translation>
    </message>
    <message>
        <source>intro</source>
        <translation>Intro</translation>
    </message>
    <message>
        <source>verse</source>
        <translation>Strophe</translation>
    </message>
    <message>
        <source>chorus</source>
        <translation>Refrain</translation>
    </message>
    <message>
        <source>bridge</source>
        <translation>Bridge</translation>
    </message>
    <message>
        <source>break</source>
        <translation>Break</translation>
    </message>
    <message>
        <source>drop</source>
        <translation>Drop</translation>
    </message>
    <message>
        <source>outro</source>
        <translation>Outro</translation>
    </message>
    <message>
        <source>the name of the sound file</source>
        <translation>der Name der Klangdatei</translation>
    </message>
    <message>
        <source>the start of the range in seconds</source>
        <translation>der Anfang des Bereichs in Sekunden</translation>
    </message>
    <message>
        <source>the end of the range in seconds</source>
        <translation>das Ende des Bereichs in Sekunden</translation>
    </message>
    <message>
        <source>a tempo, key, chords or plan were given, but also that there be no plan; leave out one of the two</source>
        <translation>Tempo, Tonart, Akkorde oder ein Plan sind angegeben, aber auch, dass es keinen Plan geben soll; lassen Sie eines von beiden weg</translation>
    </message>
    <message>
        <source>a whole plan was given; leave out tempo, key and chords, which it has</source>
        <translation>Ein ganzer Plan ist angegeben; lassen Sie Tempo, Tonart und Akkorde weg, die er schon hat</translation>
    </message>
    <message>
        <source>the input has values that are not finite numbers</source>
        <translation>Die Eingabe hat Werte, die keine endlichen Zahlen sind</translation>
    </message>
    <message>
        <source>there is not enough memory for this; a shorter clip needs less</source>
        <translation>Der Speicher reicht dafür nicht; ein kürzerer Clip braucht weniger</translation>
    </message>
    <message>
        <source>a score generator takes a plan, and its sample_rate is {}</source>
        <translation>ein Notengenerator nimmt einen Plan, und seine sample_rate ist {}</translation>
    </message>
    <message>
        <source>stage {} needs a plan</source>
        <translation>Die Stufe {} braucht einen Plan</translation>
    </message>
    <message>
        <source>a score needs a plan of at least one beat</source>
        <translation>Noten brauchen einen Plan von mindestens einem Schlag</translation>
    </message>
    <message>
        <source>composer</source>
        <translation>Komponist</translation>
    </message>
    <message>
        <source>part</source>
        <translation>Stimme</translation>
    </message>
    <message>
        <source>parts can only be kept of a given plan, and with the composer &quot;model&quot;</source>
        <translation>Stimmen bleiben nur bei einem gegebenen Plan, und mit dem Komponisten „model“</translation>
    </message>
    <message>
        <source>&quot;model&quot; or &quot;rules&quot; was expected</source>
        <translation>erwartet wurde „model“ oder „rules“</translation>
    </message>
    <message>
        <source>it cannot take both a plan and sound</source>
        <translation>sie kann nicht zugleich einen Plan und Klang nehmen</translation>
    </message>
    <message>
        <source>its score spectrogram needs note spectra, and cascade.json names none</source>
        <translation>ihr Noten-Spektrogramm braucht Notenspektren, und cascade.json nennt keine</translation>
    </message>
    <message>
        <source>only a vocoder without a Griffin-Lim estimate makes a spectrum</source>
        <translation>nur ein Vocoder ohne Griffin-Lim-Schätzung macht ein Spektrum</translation>
    </message>
    <message>
        <source>number of strides</source>
        <translation>die Zahl der Schrittweiten</translation>
    </message>
    <message>
        <source>a stride</source>
        <translation>eine Schrittweite</translation>
    </message>
    <message>
        <source>a kernel</source>
        <translation>ein Kern</translation>
    </message>
    <message>
        <source>a multiplier</source>
        <translation>ein Vervielfacher</translation>
    </message>
    <message>
        <source>a number of blocks</source>
        <translation>eine Zahl von Blöcken</translation>
    </message>
    <message>
        <source>a level's channels</source>
        <translation>die Kanäle einer Ebene</translation>
    </message>
    <message>
        <source>cross-attention needs textWidth</source>
        <translation>Kreuz-Aufmerksamkeit braucht textWidth</translation>
    </message>
    <message>
        <source>pooledText needs textWidth</source>
        <translation>pooledText braucht textWidth</translation>
    </message>
    <message>
        <source>the bundled cascade</source>
        <translation>die mitgelieferte Kaskade</translation>
    </message>
    <message>
        <source>the text encoder's folder is missing</source>
        <translation>Der Ordner des Textkodierers fehlt</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>lässt sich nicht lesen</translation>
    </message>
    <message>
        <source>is a folder, a file was expected</source>
        <translation>ist ein Ordner, eine Datei wurde erwartet</translation>
    </message>
    <message>
        <source>is not a regular file, a file was expected</source>
        <translation>ist keine gewöhnliche Datei, eine Datei wurde erwartet</translation>
    </message>
    <message>
        <source>there is no such file</source>
        <translation>Diese Datei gibt es nicht</translation>
    </message>
    <message>
        <source>is not a file</source>
        <translation>ist keine Datei</translation>
    </message>
    <message>
        <source>is empty</source>
        <translation>ist leer</translation>
    </message>
    <message>
        <source>is damaged: it has no sample rate</source>
        <translation>ist beschädigt: Es fehlt die Abtastrate</translation>
    </message>
    <message>
        <source>has no sound in it</source>
        <translation>enthält keinen Klang</translation>
    </message>
    <message>
        <source>8, 12, 16, 24 or 48</source>
        <translation>8, 12, 16, 24 oder 48</translation>
    </message>
    <message>
        <source>16, 24, 32, 44.1 or 48</source>
        <translation>16, 24, 32, 44,1 oder 48</translation>
    </message>
    <message>
        <source>FLAC holds 16 or 24 bit: choose one of them, or WAV for 32 bit float</source>
        <translation>FLAC fasst 16 oder 24 Bit: Wählen Sie eines davon, oder WAV für 32 Bit Gleitkomma</translation>
    </message>
    <message>
        <source>the encoder failed at the end</source>
        <translation>Der Kodierer ist am Ende gescheitert</translation>
    </message>
    <message>
        <source>a clip without whole frames of samples cannot be written</source>
        <translation>Ein Clip ohne ganze Frames lässt sich nicht schreiben</translation>
    </message>
    <message>
        <source>a recipe of more than 1 MiB cannot be written into a sound file</source>
        <translation>Ein Rezept von mehr als 1 MiB lässt sich nicht in eine Klangdatei schreiben</translation>
    </message>
    <message>
        <source>the range to export is not inside the clip</source>
        <translation>Der Bereich liegt nicht im Clip</translation>
    </message>
    <message>
        <source>an empty clip cannot be exported</source>
        <translation>Ein leerer Clip lässt sich nicht exportieren</translation>
    </message>
    <message>
        <source>a sample rate must be above 0</source>
        <translation>Eine Abtastrate muss über 0 liegen</translation>
    </message>
    <message>
        <source>a WAV file cannot be larger than 4 GiB</source>
        <translation>Eine WAV-Datei kann nicht größer als 4 GiB sein</translation>
    </message>
    <message>
        <source>the texts are too long for an MP3 file</source>
        <translation>Die Texte sind zu lang für eine MP3-Datei</translation>
    </message>
    <message>
        <source>these two sample rates have no simple enough ratio to convert between them</source>
        <translation>Diese beiden Abtastraten stehen in keinem einfachen Verhältnis, eine lässt sich nicht in die andere wandeln</translation>
    </message>
    <message>
        <source>loudness cannot be measured at this sample rate and number of channels</source>
        <translation>Bei dieser Abtastrate und Kanalzahl lässt sich die Lautheit nicht messen</translation>
    </message>
    <message>
        <source>is nested too deeply</source>
        <translation>ist zu tief verschachtelt</translation>
    </message>
    <message>
        <source>is not valid JSON</source>
        <translation>ist kein gültiges JSON</translation>
    </message>
    <message>
        <source>an object was expected</source>
        <translation>Ein Objekt wurde erwartet</translation>
    </message>
    <message>
        <source>a text was expected</source>
        <translation>Ein Text wurde erwartet</translation>
    </message>
    <message>
        <source>true or false was expected</source>
        <translation>true oder false wurde erwartet</translation>
    </message>
    <message>
        <source>a list was expected</source>
        <translation>Eine Liste wurde erwartet</translation>
    </message>
    <message>
        <source>a list of true and false was expected</source>
        <translation>Eine Liste aus true und false wurde erwartet</translation>
    </message>
    <message>
        <source>a whole number was expected</source>
        <translation>Eine ganze Zahl wurde erwartet</translation>
    </message>
    <message>
        <source>a number was expected</source>
        <translation>Eine Zahl wurde erwartet</translation>
    </message>
    <message>
        <source>an even number was expected</source>
        <translation>Eine gerade Zahl wurde erwartet</translation>
    </message>
    <message>
        <source>there is no such field</source>
        <translation>Ein solches Feld gibt es nicht</translation>
    </message>
    <message>
        <source>is missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>is less than blur_min</source>
        <translation>ist kleiner als blur_min</translation>
    </message>
    <message>
        <source>a name of a file beside cascade.json was expected, of letters, digits, ".", "-" and "_"</source>
        <translation>Der Name einer Datei neben cascade.json wurde erwartet, aus Buchstaben, Ziffern, „.“, „-“ und „_“</translation>
    </message>
    <message>
        <source>a stage with text tokens needs the width of the text embeddings</source>
        <translation>Eine Stufe mit Text-Token braucht die Breite der Text-Einbettungen</translation>
    </message>
    <message>
        <source>a plan, low-rate audio or a Griffin-Lim estimate need channels to be stacked in</source>
        <translation>Ein Plan, Klang niedriger Rate oder eine Griffin-Lim-Schätzung brauchen Kanäle, in die sie kommen</translation>
    </message>
    <message>
        <source>a list of stages was expected</source>
        <translation>Eine Liste von Stufen wurde erwartet</translation>
    </message>
    <message>
        <source>must be more than a quarter of relative_attention_num_buckets</source>
        <translation>muss mehr als ein Viertel von relative_attention_num_buckets sein</translation>
    </message>
    <message>
        <source>is a folder, a safetensors file was expected</source>
        <translation>ist ein Ordner, eine safetensors-Datei wurde erwartet</translation>
    </message>
    <message>
        <source>is not a regular file</source>
        <translation>ist keine gewöhnliche Datei</translation>
    </message>
    <message>
        <source>a tensor's name is empty or longer than 1024 bytes</source>
        <translation>Der Name eines Tensors ist leer oder länger als 1024 Bytes</translation>
    </message>
    <message>
        <source>the name has control characters</source>
        <translation>Der Name hat Steuerzeichen</translation>
    </message>
    <message>
        <source>__metadata__ has a key twice</source>
        <translation>__metadata__ hat einen Schlüssel doppelt</translation>
    </message>
    <message>
        <source>__metadata__ is there twice</source>
        <translation>__metadata__ kommt doppelt vor</translation>
    </message>
    <message>
        <source>is there twice</source>
        <translation>kommt doppelt vor</translation>
    </message>
    <message>
        <source>dtype, shape or data_offsets is missing</source>
        <translation>dtype, shape oder data_offsets fehlt</translation>
    </message>
    <message>
        <source>data_offsets wants two numbers</source>
        <translation>data_offsets will zwei Zahlen</translation>
    </message>
    <message>
        <source>is too short for a safetensors file</source>
        <translation>ist zu kurz für eine safetensors-Datei</translation>
    </message>
    <message>
        <source>overlaps another tensor</source>
        <translation>überlappt einen anderen Tensor</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>ein Text</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>eine Liste</translation>
    </message>
    <message>
        <source>an object</source>
        <translation>ein Objekt</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true oder false</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>eine Zahl</translation>
    </message>
    <message>
        <source>a negative number</source>
        <translation>eine negative Zahl</translation>
    </message>
    <message>
        <source>a number too large</source>
        <translation>eine zu große Zahl</translation>
    </message>
    <message>
        <source>a fraction or a number too large</source>
        <translation>ein Bruch oder eine zu große Zahl</translation>
    </message>
    <message>
        <source>binary data</source>
        <translation>Binärdaten</translation>
    </message>
    <message>
        <source>it is damaged</source>
        <translation>es ist beschädigt</translation>
    </message>
    <message>
        <source>it is truncated or damaged</source>
        <translation>es ist abgeschnitten oder beschädigt</translation>
    </message>
    <message>
        <source>the table of its normalizer is damaged</source>
        <translation>die Tabelle seines Normalisierers ist beschädigt</translation>
    </message>
    <message>
        <source>the text is not valid UTF-8</source>
        <translation>Der Text ist kein gültiges UTF-8</translation>
    </message>
    <message>
        <source>the planner's weights or the text's embedding are not finite</source>
        <translation>Die Gewichte des Planers oder die Einbettung des Textes sind nicht endlich</translation>
    </message>
    <message>
        <source>1 to 16 was expected</source>
        <translation>1 bis 16 wurde erwartet</translation>
    </message>
    <message>
        <source>the mode must be major or minor</source>
        <translation>Das Geschlecht muss major oder minor sein</translation>
    </message>
    <message>
        <source>one is empty</source>
        <translation>eine ist leer</translation>
    </message>
    <message>
        <source>an object with a name was expected</source>
        <translation>Ein Objekt mit einem Namen wurde erwartet</translation>
    </message>
    <message>
        <source>names without a dot were expected</source>
        <translation>Namen ohne Punkt wurden erwartet</translation>
    </message>
    <message>
        <source>is not after the start</source>
        <translation>liegt nicht nach dem Anfang</translation>
    </message>
    <message>
        <source>is not after the beat before</source>
        <translation>liegt nicht nach dem Schlag davor</translation>
    </message>
    <message>
        <source>overlaps the entry before</source>
        <translation>überlappt den Eintrag davor</translation>
    </message>
    <message>
        <source>the name of a saved prompt cannot be empty</source>
        <translation>Der Name eines gespeicherten Prompts darf nicht leer sein</translation>
    </message>
    <message>
        <source>the name of a saved prompt can have 100 bytes</source>
        <translation>Der Name eines gespeicherten Prompts kann 100 Bytes haben</translation>
    </message>
    <message>
        <source>the name of a saved prompt cannot have control characters</source>
        <translation>Der Name eines gespeicherten Prompts darf keine Steuerzeichen haben</translation>
    </message>
    <message>
        <source>the name of a board cannot be empty</source>
        <translation>Der Name einer Pinnwand darf nicht leer sein</translation>
    </message>
    <message>
        <source>the name of a board can have 100 bytes</source>
        <translation>Der Name einer Pinnwand kann 100 Bytes haben</translation>
    </message>
    <message>
        <source>the name of a board cannot have control characters</source>
        <translation>Der Name einer Pinnwand darf keine Steuerzeichen haben</translation>
    </message>
    <message>
        <source>the name of a tag cannot be empty</source>
        <translation>Der Name eines Schlagworts darf nicht leer sein</translation>
    </message>
    <message>
        <source>the name of a tag can have 100 bytes</source>
        <translation>Der Name eines Schlagworts kann 100 Bytes haben</translation>
    </message>
    <message>
        <source>the name of a tag cannot have control characters</source>
        <translation>Der Name eines Schlagworts darf keine Steuerzeichen haben</translation>
    </message>
    <message>
        <source>a rating is a number from 0 to 5</source>
        <translation>Eine Bewertung ist eine Zahl von 0 bis 5</translation>
    </message>
    <message>
        <source>this clip has no recipe, so it cannot be made again</source>
        <translation>Dieser Clip hat kein Rezept, er lässt sich also nicht noch einmal machen</translation>
    </message>
    <message>
        <source>unable to open database file</source>
        <translation>die Datenbank lässt sich nicht öffnen</translation>
    </message>
    <message>
        <source>disk I/O error</source>
        <translation>Lese- oder Schreibfehler der Platte</translation>
    </message>
    <message>
        <source>database disk image is malformed</source>
        <translation>die Datenbank ist in sich nicht stimmig</translation>
    </message>
    <message>
        <source>file is not a database</source>
        <translation>die Datei ist keine Datenbank</translation>
    </message>
    <message>
        <source>Format not recognised.</source>
        <translation>Das Format ist nicht bekannt.</translation>
    </message>
    <message>
        <source>Supported file format but file is malformed.</source>
        <translation>Das Format ist bekannt, aber die Datei ist fehlerhaft.</translation>
    </message>
    <message>
        <source>Supported file format but unsupported encoding.</source>
        <translation>Das Format ist bekannt, aber nicht die Kodierung.</translation>
    </message>
    <message>
        <source>Device unavailable</source>
        <translation>Das Gerät ist nicht verfügbar</translation>
    </message>
    <message>
        <source>Invalid sample rate</source>
        <translation>Diese Abtastrate geht nicht</translation>
    </message>
    <message>
        <source>Invalid number of channels</source>
        <translation>Diese Zahl von Kanälen geht nicht</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>Der Platz ist aufgebraucht</translation>
    </message>
    <message>
        <source>Disk quota exceeded</source>
        <translation>Das Kontingent ist aufgebraucht</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>Keine Berechtigung</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>Das gibt es nicht</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>Das ist ein Ordner</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>Das ist kein Ordner</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>Das Dateisystem lässt sich nur lesen</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>Lese- oder Schreibfehler</translation>
    </message>
    <message>
        <source>File name too long</source>
        <translation>Der Name ist zu lang</translation>
    </message>
    <message>
        <source>Too many open files</source>
        <translation>Zu viele offene Dateien</translation>
    </message>
    <message>
        <source>build</source>
        <translation>Steigerung</translation>
    </message>
    <message>
        <source>theme</source>
        <translation>Thema</translation>
    </message>
    <message>
        <source>head</source>
        <translation>Thema</translation>
    </message>
    <message>
        <source>solo</source>
        <translation>Solo</translation>
    </message>
    <message>
        <source>WAV, FLAC or Ogg</source>
        <translation>WAV, FLAC oder Ogg</translation>
    </message>
    <message>
        <source>no cascade.json in '{0}'; choose the folder of a bundle in the preferences</source>
        <translation>Keine cascade.json in „{0}“; wählen Sie in den Einstellungen den Ordner eines Modells</translation>
    </message>
    <message>
        <source>[mode, degrees] was expected</source>
        <translation>[Tongeschlecht, Stufen] wurde erwartet</translation>
    </message>
    <message>
        <source>[name, share, energy] was expected</source>
        <translation>[Name, Anteil, Energie] wurde erwartet</translation>
    </message>
    <message>
        <source>[start, end, pitch, velocity] was expected</source>
        <translation>[Beginn, Ende, Tonhöhe, Anschlag] wurde erwartet</translation>
    </message>
    <message>
        <source>[time, 0 or 1] was expected</source>
        <translation>[Zeit, 0 oder 1] wurde erwartet</translation>
    </message>
    <message>
        <source>Griffin-Lim cannot do fewer than 0 iterations</source>
        <translation>Griffin-Lim kann nicht weniger als 0 Durchgänge machen</translation>
    </message>
    <message>
        <source>The seed is too large: {} is the largest.</source>
        <translation>Der Seed ist zu groß: {} ist der größte.</translation>
    </message>
    <message>
        <source>The sound device “{}” cannot be opened: {}</source>
        <translation>Das Tongerät „{}“ lässt sich nicht öffnen: {}</translation>
    </message>
    <message>
        <source>The sound device “{}” does not start: {}</source>
        <translation>Das Tongerät „{}“ beginnt nicht: {}</translation>
    </message>
    <message>
        <source>The sound device “{}” has gone away</source>
        <translation>Das Tongerät „{}“ ist verschwunden</translation>
    </message>
    <message>
        <source>The sound device “{}” has stopped taking sound</source>
        <translation>Das Tongerät „{}“ nimmt keinen Ton mehr an</translation>
    </message>
    <message>
        <source>The sound device “{}” is not there</source>
        <translation>Das Tongerät „{}“ ist nicht da</translation>
    </message>
    <message>
        <source>WAV</source>
        <translation>WAV</translation>
    </message>
    <message>
        <source>"diffusion" or "fourier" was expected</source>
        <translation>„diffusion“ oder „fourier“ wurde erwartet</translation>
    </message>
    <message>
        <source>"diffusion" or "griffin-lim" was expected</source>
        <translation>„diffusion“ oder „griffin-lim“ wurde erwartet</translation>
    </message>
    <message>
        <source>"noise2music cascade 1" was expected</source>
        <translation>„noise2music cascade 1“ wurde erwartet</translation>
    </message>
    <message>
        <source>"{}" is not a T5</source>
        <translation>„{}“ ist kein T5</translation>
    </message>
    <message>
        <source>"{}" is not a voice</source>
        <translation>„{}“ ist keine Stimme</translation>
    </message>
    <message>
        <source>"{}" is not lead, accompaniment, bass or drums</source>
        <translation>„{}“ ist nicht lead, accompaniment, bass oder drums</translation>
    </message>
    <message>
        <source>"{}" is not one of relu, gated-gelu</source>
        <translation>„{}“ ist weder relu noch gated-gelu</translation>
    </message>
    <message>
        <source>"{}" is there twice</source>
        <translation>„{}“ kommt doppelt vor</translation>
    </message>
    <message>
        <source>"{}" was expected with feed_forward_proj "{}"</source>
        <translation>„{}“ wurde erwartet, bei feed_forward_proj „{}“</translation>
    </message>
    <message>
        <source>__metadata__ has {} where a text was expected</source>
        <translation>In __metadata__ steht etwas anderes ({}), wo ein Text erwartet wurde</translation>
    </message>
    <message>
        <source>a bar of {} beats cannot hold {} chords</source>
        <translation>Ein Takt aus {} Schlägen fasst keine {} Akkorde</translation>
    </message>
    <message>
        <source>a clip with samples that are not numbers cannot be written</source>
        <translation>Ein Clip mit Abtastwerten, die keine Zahlen sind, lässt sich nicht schreiben</translation>
    </message>
    <message>
        <source>a clip without channels cannot be resampled</source>
        <translation>Ein Clip ohne Kanäle kann nicht auf eine andere Rate gebracht werden</translation>
    </message>
    <message>
        <source>a header of {} bytes is too long; this is not a safetensors file or it is damaged</source>
        <translation>Ein Kopf von {} Bytes ist zu lang; das ist keine safetensors-Datei, oder sie ist beschädigt</translation>
    </message>
    <message>
        <source>a kernel is {}, must be odd</source>
        <translation>ein Kern ist {}, muss ungerade sein</translation>
    </message>
    <message>
        <source>a list of 1 to {} entries was expected</source>
        <translation>Eine Liste von 1 bis {} Einträgen wurde erwartet</translation>
    </message>
    <message>
        <source>a list of objects</source>
        <translation>eine Liste von Objekten</translation>
    </message>
    <message>
        <source>a log-magnitude spectrum has values that are not numbers</source>
        <translation>Ein Log-Betragsspektrum hat Werte, die keine Zahlen sind</translation>
    </message>
    <message>
        <source>a log-magnitude spectrum is not a whole number of frames</source>
        <translation>Ein Log-Betragsspektrum ist keine ganze Zahl von Frames lang</translation>
    </message>
    <message>
        <source>a log-magnitude spectrum needs a sample rate that is a multiple of 1000 Hz</source>
        <translation>Ein Log-Betragsspektrum braucht eine Abtastrate, die ein Vielfaches von 1000 Hz ist</translation>
    </message>
    <message>
        <source>a log-mel spectrogram and a log-magnitude spectrum do not share their bins</source>
        <translation>Ein Log-Mel-Spektrogramm und ein Log-Betragsspektrum haben verschiedene Frequenzen</translation>
    </message>
    <message>
        <source>a log-mel spectrogram has values that are not numbers</source>
        <translation>Ein Log-Mel-Spektrogramm hat Werte, die keine Zahlen sind</translation>
    </message>
    <message>
        <source>a log-mel spectrogram is not a whole number of frames</source>
        <translation>Ein Log-Mel-Spektrogramm ist keine ganze Zahl von Frames lang</translation>
    </message>
    <message>
        <source>a mel analysis needs a floor below its ceiling</source>
        <translation>Eine Mel-Analyse braucht einen kleinsten Wert unter dem größten</translation>
    </message>
    <message>
        <source>a mel analysis needs a positive sample rate</source>
        <translation>Eine Mel-Analyse braucht eine Abtastrate über 0</translation>
    </message>
    <message>
        <source>a mel analysis needs between 1 band and as many as its window has samples</source>
        <translation>Eine Mel-Analyse braucht mindestens 1 Band und höchstens so viele, wie ihr Fenster Samples hat</translation>
    </message>
    <message>
        <source>a mel band falls between two bins: use fewer bands or a longer window</source>
        <translation>Ein Mel-Band fällt zwischen zwei Frequenzen: weniger Bänder oder ein längeres Fenster nehmen</translation>
    </message>
    <message>
        <source>a name or its metadata is not valid UTF-8</source>
        <translation>Ein Name oder seine Metadaten sind kein gültiges UTF-8</translation>
    </message>
    <message>
        <source>a number from {} to {} was expected</source>
        <translation>Eine Zahl von {} bis {} wurde erwartet</translation>
    </message>
    <message>
        <source>a period must be a whole number of samples at both rates</source>
        <translation>Eine Periode muss bei beiden Raten eine ganze Zahl von Samples sein</translation>
    </message>
    <message>
        <source>a pickup of {} s is not inside a plan of {} s</source>
        <translation>Ein Auftakt von {} s passt nicht in einen Plan von {} s</translation>
    </message>
    <message>
        <source>a plan of {} s is not between 0 and 3600 s</source>
        <translation>Ein Plan von {} s liegt nicht zwischen 0 und 3600 s</translation>
    </message>
    <message>
        <source>a progression has no bars</source>
        <translation>Eine Akkordfolge hat keine Takte</translation>
    </message>
    <message>
        <source>a repaint needs a sound file; name one</source>
        <translation>Ein Bereich soll neu gemacht werden, aber von keinem Klang; eine Klangdatei angeben</translation>
    </message>
    <message>
        <source>a sample rate must be positive</source>
        <translation>Eine Abtastrate muss über 0 liegen</translation>
    </message>
    <message>
        <source>a setting must be a finite number</source>
        <translation>Eine Einstellung muss eine endliche Zahl sein</translation>
    </message>
    <message>
        <source>a short list</source>
        <translation>eine kurze Liste</translation>
    </message>
    <message>
        <source>a short text was expected</source>
        <translation>Ein kurzer Text wurde erwartet</translation>
    </message>
    <message>
        <source>a spectrogram of {} numbers in {} bands is not one of {} bands</source>
        <translation>Ein Spektrogramm aus {} Zahlen in {} Bändern ist keines mit {} Bändern</translation>
    </message>
    <message>
        <source>a tempo of {} bpm is not between 20 and 400</source>
        <translation>Ein Tempo von {} bpm liegt nicht zwischen 20 und 400</translation>
    </message>
    <message>
        <source>a text of {} tokens is not possible</source>
        <translation>Ein Text von {} Tokens ist nicht möglich</translation>
    </message>
    <message>
        <source>a text width of {}</source>
        <translation>eine Textbreite von {}</translation>
    </message>
    <message>
        <source>a vocabulary of {} pieces is not possible: {} to 1000000</source>
        <translation>Ein Vokabular von {} Stücken ist nicht möglich: {} bis 1000000</translation>
    </message>
    <message>
        <source>a whole number from 0</source>
        <translation>eine ganze Zahl ab 0</translation>
    </message>
    <message>
        <source>a whole number from {} to {} was expected</source>
        <translation>Eine ganze Zahl von {} bis {} wurde erwartet</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>eine ganze Zahl</translation>
    </message>
    <message>
        <source>aligned_channels is {}, which a {} does not take</source>
        <translation>aligned_channels ist {}, was eine Stufe „{}“ nicht nimmt</translation>
    </message>
    <message>
        <source>an entry is at {} s, after the end at {} s</source>
        <translation>Ein Eintrag liegt bei {} s, nach dem Ende bei {} s</translation>
    </message>
    <message>
        <source>base is {}, must be even (sines and cosines of the time)</source>
        <translation>base ist {}, muss gerade sein (Sinus und Kosinus der Zeit)</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>cannot be made: {}</source>
        <translation>lässt sich nicht anlegen: {}</translation>
    </message>
    <message>
        <source>cannot be mapped: {}</source>
        <translation>lässt sich nicht in den Speicher abbilden: {}</translation>
    </message>
    <message>
        <source>cannot be read as sound: {}</source>
        <translation>lässt sich nicht als Ton lesen: {}</translation>
    </message>
    <message>
        <source>cannot be read: {}</source>
        <translation>lässt sich nicht lesen: {}</translation>
    </message>
    <message>
        <source>cannot be written: {}</source>
        <translation>lässt sich nicht schreiben: {}</translation>
    </message>
    <message>
        <source>caption {} is not valid UTF-8</source>
        <translation>Beschreibung {} ist kein gültiges UTF-8</translation>
    </message>
    <message>
        <source>contradicts feed_forward_proj "{}"</source>
        <translation>widerspricht feed_forward_proj „{}“</translation>
    </message>
    <message>
        <source>data type {} is not one of F32, F16, BF16, I64, U8</source>
        <translation>Der Datentyp {} ist keiner von F32, F16, BF16, I64, U8</translation>
    </message>
    <message>
        <source>data_channels is {} and must be {}</source>
        <translation>data_channels ist {} und muss {} sein</translation>
    </message>
    <message>
        <source>date:2026, date:2026-11, date:2026-11-22, date:&gt;2026-11 or a span with ..</source>
        <translation>date:2026, date:2026-11, date:2026-11-22, date:&gt;2026-11 oder eine Spanne mit ..</translation>
    </message>
    <message>
        <source>ends at byte {}, before it begins at {}</source>
        <translation>endet bei Byte {}, bevor er bei {} beginnt</translation>
    </message>
    <message>
        <source>ends at byte {}, but the file has only {} bytes of data: it is truncated or damaged</source>
        <translation>endet bei Byte {}, aber die Datei hat nur {} Bytes an Daten: Sie ist abgeschnitten oder beschädigt</translation>
    </message>
    <message>
        <source>has {} bytes, at most {} were expected</source>
        <translation>hat {} Bytes, höchstens {} wurden erwartet</translation>
    </message>
    <message>
        <source>holds {} parameters, but stage {} is configured with {}</source>
        <translation>enthält {} Parameter, aber Stufe {} ist mit {} beschrieben</translation>
    </message>
    <message>
        <source>is damaged: it breaks off after {:.2f} s</source>
        <translation>ist beschädigt: Nach {:.2f} s bricht es ab</translation>
    </message>
    <message>
        <source>is damaged: it has samples that are not numbers</source>
        <translation>ist beschädigt: Es hat Samples, die keine Zahlen sind</translation>
    </message>
    <message>
        <source>is not valid JSON (byte {})</source>
        <translation>ist kein gültiges JSON (Byte {})</translation>
    </message>
    <message>
        <source>is:starred, is:rated, is:tagged or is:trashed</source>
        <translation>is:starred, is:rated, is:tagged oder is:trashed</translation>
    </message>
    <message>
        <source>left alone: {}</source>
        <translation>nicht angerührt: {}</translation>
    </message>
    <message>
        <source>more than {} bytes</source>
        <translation>mehr als {} Bytes</translation>
    </message>
    <message>
        <source>more than {} numbers</source>
        <translation>mehr als {} Zahlen</translation>
    </message>
    <message>
        <source>network configuration: {}</source>
        <translation>Aufbau des Netzes: {}</translation>
    </message>
    <message>
        <source>no cascade.json in '{}' ({}); name the folder of a bundle with --bundle</source>
        <translation>In „{}“ ist keine cascade.json ({}); wählen Sie den Ordner eines Modells</translation>
    </message>
    <message>
        <source>note spectra: program {} is not made of whole pitches</source>
        <translation>Notenspektren: Programm {} besteht nicht aus ganzen Tonhöhen</translation>
    </message>
    <message>
        <source>note spectra: there is no instrument</source>
        <translation>Notenspektren: Es gibt kein Instrument</translation>
    </message>
    <message>
        <source>null</source>
        <translation>null</translation>
    </message>
    <message>
        <source>one of {} was expected</source>
        <translation>Eines von {} wurde erwartet</translation>
    </message>
    <message>
        <source>only the spectrogram route can repaint a range</source>
        <translation>Ein Bereich lässt sich nur auf dem Weg über das Spektrogramm neu machen</translation>
    </message>
    <message>
        <source>origin:generated, origin:imported or origin:"command line"</source>
        <translation>origin:generated, origin:imported oder origin:"command line"</translation>
    </message>
    <message>
        <source>plan: {}: {}</source>
        <translation>Plan: {}: {}</translation>
    </message>
    <message>
        <source>planner vocabulary: {}: {}</source>
        <translation>Wortschatz des Planers: {}: {}</translation>
    </message>
    <message>
        <source>recipe: this is not a recipe of Noise2Music</source>
        <translation>Rezept: Dies ist kein Rezept von Noise2Music</translation>
    </message>
    <message>
        <source>request: {}: {} was expected</source>
        <translation>Auftrag: {}: {} wurde erwartet</translation>
    </message>
    <message>
        <source>rotary positions need heads of even width, not {}</source>
        <translation>gedrehte Positionen brauchen Köpfe gerader Breite, nicht {}</translation>
    </message>
    <message>
        <source>route</source>
        <translation>Weg</translation>
    </message>
    <message>
        <source>sample_rate is {} and must be a multiple of {} frames/s</source>
        <translation>sample_rate ist {} und muss ein Vielfaches von {} Frames/s sein</translation>
    </message>
    <message>
        <source>sample_rate is {} and must be {} frames/s</source>
        <translation>sample_rate ist {} und muss {} Frames/s sein</translation>
    </message>
    <message>
        <source>section "{}" has {} bars</source>
        <translation>Abschnitt „{}“ hat {} Takte</translation>
    </message>
    <message>
        <source>section "{}" plays progression {}, of {}</source>
        <translation>Abschnitt „{}“ spielt Akkordfolge {} von {}</translation>
    </message>
    <message>
        <source>section "{}": an energy of {:g} is not between 0 and 1</source>
        <translation>Abschnitt „{}“: Eine Energie von {:g} liegt nicht zwischen 0 und 1</translation>
    </message>
    <message>
        <source>shape [{}] is too large</source>
        <translation>Form [{}] ist zu groß</translation>
    </message>
    <message>
        <source>shape [{}] of {} does not fit its {} bytes</source>
        <translation>Form [{}] von {} passt nicht zu den {} Bytes</translation>
    </message>
    <message>
        <source>share and energy must be between 0 and 1</source>
        <translation>share und energy müssen zwischen 0 und 1 liegen</translation>
    </message>
    <message>
        <source>stacked_channels is {} and must be {}</source>
        <translation>stacked_channels ist {} und muss {} sein</translation>
    </message>
    <message>
        <source>stage {} needs a spectrogram</source>
        <translation>Stufe {} braucht ein Spektrogramm</translation>
    </message>
    <message>
        <source>stage {} needs sound</source>
        <translation>Stufe {} braucht Klang</translation>
    </message>
    <message>
        <source>stage {}: takes embeddings of width {}, but those of the text encoder have {}</source>
        <translation>Stufe {}: Erwartet Einbettungen der Breite {}, aber die des Text-Encoders haben {}</translation>
    </message>
    <message>
        <source>stage {}: the result is not finite; its weights are damaged, or the guidance is too strong</source>
        <translation>Stufe {}: Das Ergebnis ist nicht endlich; die Gewichte sind beschädigt oder die Guidance ist zu stark</translation>
    </message>
    <message>
        <source>stage {}: {}</source>
        <translation>Stufe {}: {}</translation>
    </message>
    <message>
        <source>super-resolution</source>
        <translation>Superauflösung</translation>
    </message>
    <message>
        <source>tensor "{}" is missing</source>
        <translation>Tensor „{}“ fehlt</translation>
    </message>
    <message>
        <source>tensor "{}": has shape {}, the network wants {}</source>
        <translation>Tensor „{}“: hat die Form {}, das Netz erwartet {}</translation>
    </message>
    <message>
        <source>tensor "{}": has type {}, the network wants {}</source>
        <translation>Tensor „{}“: hat den Typ {}, das Netz erwartet {}</translation>
    </message>
    <message>
        <source>tensor "{}": its type {} cannot be written</source>
        <translation>Tensor „{}“: Sein Typ {} kann nicht geschrieben werden</translation>
    </message>
    <message>
        <source>tensor "{}": the network has no tensor of that name</source>
        <translation>Tensor „{}“: Das Netz hat keinen Tensor dieses Namens</translation>
    </message>
    <message>
        <source>tensor "{}": {}</source>
        <translation>Tensor „{}“: {}</translation>
    </message>
    <message>
        <source>the bundle "{}" has no {} route</source>
        <translation>Das Modell „{}“ kann den Weg „{}“ nicht gehen</translation>
    </message>
    <message>
        <source>the bundle "{}" has no {} route; it has the {} route</source>
        <translation>Das Modell „{}“ kann den Weg „{}“ nicht gehen; es kann „{}“</translation>
    </message>
    <message>
        <source>the bundle "{}" has no {}</source>
        <translation>Das Modell „{}“ hat keine Stufe „{}“</translation>
    </message>
    <message>
        <source>the bundle "{}" has no {}; choose "{}" instead</source>
        <translation>Das Modell „{}“ hat keine Stufe „{}“; wählen Sie stattdessen „{}“</translation>
    </message>
    <message>
        <source>the corpus vocabulary contradicts itself: {}</source>
        <translation>Das Vokabular des Korpus widerspricht sich: {}</translation>
    </message>
    <message>
        <source>the device "{}" cannot be used: this machine has none, or this LibTorch was built without it</source>
        <translation>Das Gerät „{}“ lässt sich nicht verwenden: Dieser Rechner hat keines, oder dieses LibTorch wurde ohne es gebaut</translation>
    </message>
    <message>
        <source>the digits of a seed, as in seed:7</source>
        <translation>die Ziffern eines Seeds, etwa seed:7</translation>
    </message>
    <message>
        <source>the field "{}" is there twice</source>
        <translation>Das Feld „{}“ kommt doppelt vor</translation>
    </message>
    <message>
        <source>the gamma of stage {}</source>
        <translation>Das Gamma der Stufe {}</translation>
    </message>
    <message>
        <source>the guidance of stage {}</source>
        <translation>Die Guidance der Stufe {}</translation>
    </message>
    <message>
        <source>the header does not begin with {{: this is not a safetensors file</source>
        <translation>Der Kopf beginnt nicht mit {{: Dies ist keine safetensors-Datei</translation>
    </message>
    <message>
        <source>the header has {} bytes, but the file only {}: it is truncated or damaged</source>
        <translation>Der Kopf hat {} Bytes, aber die Datei nur {}: Sie ist abgeschnitten oder beschädigt</translation>
    </message>
    <message>
        <source>the header is not valid JSON (byte {})</source>
        <translation>Der Kopf ist kein gültiges JSON (Byte {})</translation>
    </message>
    <message>
        <source>the header is {} where an object was expected</source>
        <translation>Der Kopf ist etwas anderes ({}), wo ein Objekt erwartet wurde</translation>
    </message>
    <message>
        <source>the key's tonic is not between 0 and 11</source>
        <translation>Der Grundton der Tonart liegt nicht zwischen 0 und 11</translation>
    </message>
    <message>
        <source>the magnitudes for Griffin-Lim are not a whole number of frames</source>
        <translation>Die Beträge für Griffin-Lim sind keine ganze Zahl von Frames lang</translation>
    </message>
    <message>
        <source>the magnitudes for Griffin-Lim do not belong to the log-mel spectrogram</source>
        <translation>Die Beträge für Griffin-Lim passen nicht zum Log-Mel-Spektrogramm</translation>
    </message>
    <message>
        <source>the magnitudes to start from do not belong to the log-mel spectrogram</source>
        <translation>Die Beträge für den Anfang passen nicht zum Log-Mel-Spektrogramm</translation>
    </message>
    <message>
        <source>the number of steps of stage {}</source>
        <translation>Die Zahl der Schritte der Stufe {}</translation>
    </message>
    <message>
        <source>the plan guidance of stage {}</source>
        <translation>Die Plan guidance der Stufe {}</translation>
    </message>
    <message>
        <source>the planner has no head "{}"</source>
        <translation>Der Planer hat keinen Kopf „{}“</translation>
    </message>
    <message>
        <source>the planner wants text of width {}, not {}</source>
        <translation>Der Planer will Text der Breite {}, nicht {}</translation>
    </message>
    <message>
        <source>the product of patch and strides is beyond 16777216</source>
        <translation>Das Produkt von patch und strides liegt über 16777216</translation>
    </message>
    <message>
        <source>the result is not finite</source>
        <translation>Das Ergebnis ist nicht endlich</translation>
    </message>
    <message>
        <source>the selected range of the clip is empty</source>
        <translation>Der gewählte Bereich des Clips ist leer</translation>
    </message>
    <message>
        <source>the temperature of stage {}</source>
        <translation>Die Temperatur der Stufe {}</translation>
    </message>
    <message>
        <source>the text cannot be tokenized: {}</source>
        <translation>Der Text lässt sich nicht in Token zerlegen: {}</translation>
    </message>
    <message>
        <source>the tokenizer cannot be trained: {}</source>
        <translation>Der Tokenizer kann nicht trainiert werden: {}</translation>
    </message>
    <message>
        <source>the tokenizer's module could not be loaded{}</source>
        <translation>Das Modul des Tokenizers konnte nicht geladen werden{}</translation>
    </message>
    <message>
        <source>the tokens cannot be decoded: {}</source>
        <translation>Die Tokens können nicht zu Text werden: {}</translation>
    </message>
    <message>
        <source>the {} of the bundle "{}" takes no plan: leave out tempo, key, chords and plan, or choose another bundle</source>
        <translation>Die Stufe „{}“ des Modells „{}“ nimmt keinen Plan: Lassen Sie Tempo, Tonart, Akkorde und Plan weg, oder wählen Sie ein anderes Modell</translation>
    </message>
    <message>
        <source>there are no captions to train a tokenizer on</source>
        <translation>Es gibt keine Beschreibungen, um einen Tokenizer zu trainieren</translation>
    </message>
    <message>
        <source>there are settings for {} stages; a cascade has {}</source>
        <translation>Es gibt Einstellungen für {} Stufen; eine Kaskade hat {}</translation>
    </message>
    <message>
        <source>there are {} unused bytes after the last tensor</source>
        <translation>Nach dem letzten Tensor liegen {} ungenutzte Bytes</translation>
    </message>
    <message>
        <source>there are {} unused bytes before it</source>
        <translation>davor liegen {} ungenutzte Bytes</translation>
    </message>
    <message>
        <source>there is a board '{}' already</source>
        <translation>Eine Pinnwand „{}“ gibt es schon</translation>
    </message>
    <message>
        <source>there is no bundle here (a folder with a {})</source>
        <translation>Hier ist kein Modell (ein Ordner mit einer Datei {})</translation>
    </message>
    <message>
        <source>there is no device "{}"; there are cpu and cuda</source>
        <translation>Ein Gerät „{}“ gibt es nicht; es gibt cpu und cuda</translation>
    </message>
    <message>
        <source>there is no field '{}': put the word in quotes, or use one of {}</source>
        <translation>Ein Feld '{}' gibt es nicht: Setzen Sie das Wort in Anführungszeichen, oder nehmen Sie eines von {}</translation>
    </message>
    <message>
        <source>there is no sampler "{}"; there are {}</source>
        <translation>Den Sampler „{}“ gibt es nicht; es gibt {}</translation>
    </message>
    <message>
        <source>there is no stage "{}"; the cascade has {}</source>
        <translation>Eine Stufe „{}“ gibt es nicht; die Kaskade hat {}</translation>
    </message>
    <message>
        <source>there is no step schedule "{}"; there are {}</source>
        <translation>Den Zeitplan „{}“ gibt es nicht; es gibt {}</translation>
    </message>
    <message>
        <source>there is no token {}; they go from 0 to {}</source>
        <translation>Das Token {} gibt es nicht; sie gehen von 0 bis {}</translation>
    </message>
    <message>
        <source>there is no {} "{}"; there are {}</source>
        <translation>„{1}“ gibt es nicht ({0}); es gibt {2}</translation>
    </message>
    <message>
        <source>there is not enough memory</source>
        <translation>Der Speicher reicht nicht</translation>
    </message>
    <message>
        <source>there is one named '{}' already</source>
        <translation>„{}“ gibt es schon</translation>
    </message>
    <message>
        <source>this clip takes about {} MB of memory, and only {} MB are left; close other programs, or make a shorter clip</source>
        <translation>Dieser Clip braucht etwa {} Speicher, und nur {} sind noch da; schließen Sie andere Programme, oder machen Sie einen kürzeren Clip</translation>
    </message>
    <message>
        <source>too many chords: {} at most are accepted</source>
        <translation>Zu viele Akkorde: höchstens {} sind möglich</translation>
    </message>
    <message>
        <source>too many tensors for one file</source>
        <translation>Zu viele Tensoren für eine Datei</translation>
    </message>
    <message>
        <source>unknown field "{}"</source>
        <translation>Unbekanntes Feld „{}“</translation>
    </message>
    <message>
        <source>vocoder</source>
        <translation>Vocoder</translation>
    </message>
    <message>
        <source>what to look for behind the colon</source>
        <translation>wonach gesucht wird, hinter den Doppelpunkt</translation>
    </message>
    <message>
        <source>whole numbers from {} to {} were expected</source>
        <translation>Ganze Zahlen von {} bis {} wurden erwartet</translation>
    </message>
    <message>
        <source>{} beats to a bar are not between 1 and 16</source>
        <translation>{} Schläge pro Takt liegen nicht zwischen 1 und 16</translation>
    </message>
    <message>
        <source>{} channels do not divide into {} heads</source>
        <translation>{} Kanäle lassen sich nicht auf {} Köpfe verteilen</translation>
    </message>
    <message>
        <source>{} contains a zero byte</source>
        <translation>{} enthält ein Null-Byte</translation>
    </message>
    <message>
        <source>{} entries, more than {}</source>
        <translation>{} Einträge, mehr als {}</translation>
    </message>
    <message>
        <source>{} has {} bytes; at most {} are read</source>
        <translation>{} hat {} Bytes; höchstens {} werden gelesen</translation>
    </message>
    <message>
        <source>{} has {} entries, but there are {} strides</source>
        <translation>{} hat {} Einträge, aber es gibt {} Schrittweiten</translation>
    </message>
    <message>
        <source>{} is not a chord: accepted is a letter A to G, # or b, then one of {} or nothing, then perhaps a bass (C/E); or N.C.</source>
        <translation>{} ist kein Akkord: möglich ist ein Buchstabe A bis G (B ist das deutsche H), # oder b, dann {} oder nichts, dann vielleicht ein Basston (C/E); oder N.C.</translation>
    </message>
    <message>
        <source>{} is not a degree: accepted is b or #, I to VII or i to vii, a quality such as 7 or maj7, and a bass such as /3; or N.C.</source>
        <translation>{} ist keine Stufe: erlaubt ist b oder #, I bis VII oder i bis vii, eine Qualität wie 7 oder maj7, und ein Bass wie /3; oder N.C.</translation>
    </message>
    <message>
        <source>{} is not a key: a letter A to G, # or b, then major or minor is accepted, such as "F# minor"</source>
        <translation>{} ist keine Tonart: möglich ist ein Buchstabe A bis G (B ist das deutsche H), # oder b, dann major (Dur) oder minor (Moll), etwa "F# minor"</translation>
    </message>
    <message>
        <source>{} is not a whole number from 0 to 127</source>
        <translation>{} ist keine ganze Zahl von 0 bis 127</translation>
    </message>
    <message>
        <source>{} is not expected in {}</source>
        <translation>{} wird in {} nicht erwartet</translation>
    </message>
    <message>
        <source>{} is not understood; write {}</source>
        <translation>{} ist nicht zu verstehen; möglich ist {}</translation>
    </message>
    <message>
        <source>{} is not valid UTF-8</source>
        <translation>{} ist kein gültiges UTF-8</translation>
    </message>
    <message>
        <source>{} is outside 0 to {}</source>
        <translation>{} liegt außerhalb von 0 bis {}</translation>
    </message>
    <message>
        <source>{} is outside {} to {}</source>
        <translation>{} liegt außerhalb von {} bis {}</translation>
    </message>
    <message>
        <source>{} is there twice</source>
        <translation>{} ist doppelt da</translation>
    </message>
    <message>
        <source>{} is {:g}; it may be {:g} to {:g}</source>
        <translation>{} ist {:g}; erlaubt ist {:g} bis {:g}</translation>
    </message>
    <message>
        <source>{} is {}, must be {} to {}</source>
        <translation>{} ist {}, muss {} bis {} sein</translation>
    </message>
    <message>
        <source>{} steps: at least 1 is needed</source>
        <translation>{} Schritte: Mindestens 1 wird gebraucht</translation>
    </message>
    <message>
        <source>{} takes mono sound at {} Hz</source>
        <translation>{} nimmt einkanaligen Klang mit {} Hz</translation>
    </message>
    <message>
        <source>{} to {} s is not a range of time</source>
        <translation>{} bis {} s ist keine Zeitspanne</translation>
    </message>
    <message>
        <source>{} was being moved into the trash when the program ended; that is done now</source>
        <translation>{} kam gerade in den Papierkorb, als das Programm endete; das ist nun geschehen</translation>
    </message>
    <message>
        <source>{} was being moved out of the trash when the program ended; that is done now</source>
        <translation>{} kam gerade aus dem Papierkorb, als das Programm endete; das ist nun geschehen</translation>
    </message>
    <message>
        <source>{} was saved when the program ended; it is in the library now</source>
        <translation>{} wurde gerade gespeichert, als das Programm endete; es ist nun in der Bibliothek</translation>
    </message>
    <message>
        <source>{} where an object was expected</source>
        <translation>{}, wo ein Objekt erwartet wurde</translation>
    </message>
    <message>
        <source>{}: a program has this library open; close it, then rebuild</source>
        <translation>{}: Ein Programm hat diese Bibliothek offen; schließen Sie es, dann bauen Sie sie neu auf</translation>
    </message>
    <message>
        <source>{}: another program is busy with this library; nothing was changed, try again</source>
        <translation>{}: Ein anderes Programm ist mit dieser Bibliothek beschäftigt; nichts wurde geändert, versuchen Sie es noch einmal</translation>
    </message>
    <message>
        <source>{}: another program is working on this library; try again later</source>
        <translation>{}: Ein anderes Programm arbeitet an dieser Bibliothek; versuchen Sie es später</translation>
    </message>
    <message>
        <source>{}: cannot be deleted: {}</source>
        <translation>{}: lässt sich nicht löschen: {}</translation>
    </message>
    <message>
        <source>{}: cannot be made: {}</source>
        <translation>{}: lässt sich nicht anlegen: {}</translation>
    </message>
    <message>
        <source>{}: cannot be opened</source>
        <translation>{}: lässt sich nicht öffnen</translation>
    </message>
    <message>
        <source>{}: cannot be opened: {}</source>
        <translation>{}: lässt sich nicht öffnen: {}</translation>
    </message>
    <message>
        <source>{}: cannot be read</source>
        <translation>{}: lässt sich nicht lesen</translation>
    </message>
    <message>
        <source>{}: cannot be rebuilt: {}</source>
        <translation>{}: lässt sich nicht neu aufbauen: {}</translation>
    </message>
    <message>
        <source>{}: has no instruments</source>
        <translation>{}: hat keine Instrumente</translation>
    </message>
    <message>
        <source>{}: has no pieces or no end of text</source>
        <translation>{}: hat keine Stücke oder kein Textende</translation>
    </message>
    <message>
        <source>{}: has no sound in it</source>
        <translation>{}: enthält keinen Klang</translation>
    </message>
    <message>
        <source>{}: has {} pieces, but config.json beside it a vocabulary of {}</source>
        <translation>{}: hat {} Stücke, aber config.json daneben einen Wortschatz von {}</translation>
    </message>
    <message>
        <source>{}: instrument {} has values out of range</source>
        <translation>{}: Instrument {} hat unmögliche Werte</translation>
    </message>
    <message>
        <source>{}: is a database of another program; choose another folder</source>
        <translation>{}: ist eine Datenbank eines anderen Programms; wählen Sie einen anderen Ordner</translation>
    </message>
    <message>
        <source>{}: is not a SentencePiece model ({})</source>
        <translation>{}: ist kein SentencePiece-Modell ({})</translation>
    </message>
    <message>
        <source>{}: is not a SentencePiece model: {}</source>
        <translation>{}: ist kein SentencePiece-Modell: {}</translation>
    </message>
    <message>
        <source>{}: is not valid JSON</source>
        <translation>{}: ist kein gültiges JSON</translation>
    </message>
    <message>
        <source>{}: takes embeddings of width {}, but those of the text encoder have {}</source>
        <translation>{}: nimmt Einbettungen der Breite {}, aber die des Textkodierers haben {}</translation>
    </message>
    <message>
        <source>{}: tensor "{}": has shape [{}], its vocabulary wants [{}]</source>
        <translation>{}: Tensor „{}“: hat die Form [{}], sein Vokabular erwartet [{}]</translation>
    </message>
    <message>
        <source>{}: the database does not answer: {}</source>
        <translation>{}: Die Datenbank antwortet nicht: {}</translation>
    </message>
    <message>
        <source>{}: the database of this library is damaged ({}); it can be rebuilt from the sound files</source>
        <translation>{}: Die Datenbank dieser Bibliothek ist beschädigt ({}); sie kann aus den Tondateien neu aufgebaut werden</translation>
    </message>
    <message>
        <source>{}: the disk is full; nothing was changed</source>
        <translation>{}: Der Datenträger ist voll; nichts wurde geändert</translation>
    </message>
    <message>
        <source>{}: the disk is full; the clip was not saved</source>
        <translation>{}: Der Datenträger ist voll; der Clip wurde nicht gespeichert</translation>
    </message>
    <message>
        <source>{}: the name of a sound file must end in .wav, .flac, .ogg, .opus or .mp3</source>
        <translation>{}: Der Name einer Klangdatei muss auf .wav, .flac, .ogg, .opus oder .mp3 enden</translation>
    </message>
    <message>
        <source>{}: the range begins at {:g} s, but the sound ends at {:g} s</source>
        <translation>{}: Der Bereich beginnt bei {:g} s, aber der Klang endet bei {:g} s</translation>
    </message>
    <message>
        <source>{}: the sound ends at {:g} s, so the range of a clip of {:g} s has to reach to its end</source>
        <translation>{}: Der Klang endet bei {:g} s, also muss der Bereich eines Clips von {:g} s bis an dessen Ende reichen</translation>
    </message>
    <message>
        <source>{}: there are sound files here that the library does not know; rebuild it to take them in</source>
        <translation>{}: Hier sind Tondateien, die die Bibliothek nicht kennt; beim Neuaufbau werden sie aufgenommen</translation>
    </message>
    <message>
        <source>{}: this folder cannot be made ({}); choose another place</source>
        <translation>{}: Dieser Ordner lässt sich nicht anlegen ({}); wählen Sie einen anderen Ort</translation>
    </message>
    <message>
        <source>{}: this library names a file outside its folder ({}), which is left alone; remove the clip from the history</source>
        <translation>{}: Diese Bibliothek nennt eine Datei außerhalb ihres Ordners ({}), die unberührt bleibt; entfernen Sie den Clip aus dem Verlauf</translation>
    </message>
    <message>
        <source>{}: this folder cannot be written to, and there is no library in it yet; choose another place</source>
        <translation>{}: In diesen Ordner lässt sich nicht schreiben, und es ist noch keine Bibliothek darin; wählen Sie einen anderen Ort</translation>
    </message>
    <message>
        <source>{}: this format holds {} channels at most, and the clip has {}: choose {}</source>
        <translation>{}: dieses Format fasst höchstens {} Kanäle, und der Clip hat {}: {} wählen</translation>
    </message>
    <message>
        <source>{}: this is not a JSON object</source>
        <translation>{}: Dies ist kein JSON-Objekt</translation>
    </message>
    <message>
        <source>{}: this is not a planner: its metadata lacks {}</source>
        <translation>{}: Das ist kein Planer: In seinen Metadaten fehlt {}</translation>
    </message>
    <message>
        <source>{}: this library can only be read; nothing was changed</source>
        <translation>{}: Diese Bibliothek kann nur gelesen werden; nichts wurde geändert</translation>
    </message>
    <message>
        <source>{}: this library cannot be written to: it can be heard and searched, but not changed</source>
        <translation>{}: In diese Bibliothek kann nicht geschrieben werden: Hören und Suchen geht, Ändern nicht</translation>
    </message>
    <message>
        <source>{}: this library is from a later version of this program (its database has version {}, this program knows {}); use that one, or another folder</source>
        <translation>{}: Diese Bibliothek ist von einer späteren Version dieses Programms (ihre Datenbank hat Version {}, dieses Programm kennt {}); verwenden Sie jene oder einen anderen Ordner</translation>
    </message>
    <message>
        <source>{}: this library is from a later version of this program; rebuild it with that one</source>
        <translation>{}: Diese Bibliothek ist von einer späteren Version dieses Programms; bauen Sie sie mit jener neu auf</translation>
    </message>
    <message>
        <source>{}: this library is from a later version of this program; use that one, or another folder</source>
        <translation>{}: Diese Bibliothek ist von einer späteren Version dieses Programms; verwenden Sie jene oder einen anderen Ordner</translation>
    </message>
    <message>
        <source>{}: {} does not have the shape or type of note spectra</source>
        <translation>{}: {} hat nicht die Form oder den Typ von Notenspektren</translation>
    </message>
    <message>
        <source>{}: {} has no {} Hz: choose {} kHz</source>
        <translation>{}: {} kennt keine {} Hz: Wählen Sie {} kHz</translation>
    </message>
    <message>
        <source>{}: {}</source>
        <translation>{}: {}</translation>
    </message>
    <message>
        <source>{}:{}, {}:&gt;={}, {}:&lt;{} or {}:{}..{}</source>
        <translation>{}:{}, {}:&gt;={}, {}:&lt;{} oder {}:{}..{}</translation>
    </message>
    <message>
        <source>no model was found; choose its folder in the preferences</source>
        <translation>es gibt kein Modell, das ihn erzeugen könnte; in den Einstellungen den Ordner eines Modells wählen</translation>
    </message>
    <message>
        <source>the clip was removed from the library</source>
        <translation>Der Clip ist nicht mehr in der Bibliothek</translation>
    </message>
    <message>
        <source>a correlation needs two lists of one length</source>
        <translation>Eine Korrelation braucht zwei Listen gleicher Länge</translation>
    </message>
    <message>
        <source>recall needs as many answers as queries, and at least one</source>
        <translation>Die Trefferquote braucht so viele Antworten wie Anfragen, mindestens eine</translation>
    </message>
    <message>
        <source>the detectors have no "{}" of the shape that the audio tower needs</source>
        <translation>Die Detektoren haben kein „{}“ der Form, die der Audio-Turm braucht</translation>
    </message>
</context>
<context>
    <name>QObject</name>
    <message>
        <source>The library does not open</source>
        <translation>Die Bibliothek lässt sich nicht öffnen</translation>
    </message>
    <message>
        <source>The clips are safe in their folder. The library can be rebuilt from them; the damaged one is kept as a copy.</source>
        <translation>Die Clips liegen sicher in ihrem Ordner. Die Bibliothek lässt sich aus ihnen neu aufbauen; die beschädigte bleibt daneben liegen.</translation>
    </message>
    <message>
        <source>Rebuild</source>
        <translation>Neu aufbauen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Music from words.</source>
        <translation>Musik aus Worten.</translation>
    </message>
    <message>
        <source>Device that computes: cpu or cuda.</source>
        <translation>Gerät, das rechnet: cpu oder cuda.</translation>
    </message>
    <message>
        <source>Settings file to use instead of the user's own.</source>
        <translation>Eine andere Einstellungsdatei als die eigene.</translation>
    </message>
    <message>
        <source>Sound files to open.</source>
        <translation>Klangdateien, die geöffnet werden.</translation>
    </message>
    <message>
        <source>Noise2Music Studio</source>
        <translation>Noise2Music Studio</translation>
    </message>
    <message>
        <source>Folder of the library; else $N2M_LIBRARY, else the one in the preferences, else Noise2Music in the music folder.</source>
        <translation>Ordner der Bibliothek; sonst $N2M_LIBRARY, sonst der aus den Einstellungen, sonst Noise2Music im Musikordner.</translation>
    </message>
</context>
<context>
    <name>TrashCommand</name>
    <message>
        <source>moving to the trash</source>
        <translation>In den Papierkorb</translation>
    </message>
    <message>
        <source>taking out of the trash</source>
        <translation>Aus dem Papierkorb holen</translation>
    </message>
</context>
<context>
    <name>n2m::studio</name>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>No model was found in %1. Choose another folder in the preferences, or install the program again.</source>
        <translation>In %1 wurde kein Modell gefunden. Wählen Sie in den Einstellungen einen anderen Ordner oder installieren Sie das Programm neu.</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>%1 is read-only: clips cannot be saved there. Choose another folder in the preferences.</source>
        <translation>%1 ist schreibgeschützt: Clips lassen sich dort nicht speichern. Wählen Sie in den Einstellungen einen anderen Ordner.</translation>
    </message>
    <message>
        <source>%1 has only %2 of free space.</source>
        <translation>%1 hat nur noch %2 freien Platz.</translation>
    </message>
    <message>
        <source>%1, %2 free</source>
        <translation>%1, %2 frei</translation>
    </message>
    <message>
        <source>%1 of memory, %2 processor cores</source>
        <translation>%1 Speicher, %2 Prozessorkerne</translation>
    </message>
    <message>
        <source>Computer</source>
        <translation>Rechner</translation>
    </message>
    <message>
        <source>%1. Long clips may not fit.</source>
        <translation>%1. Lange Clips passen vielleicht nicht.</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Klang</translation>
    </message>
    <message>
        <source>No sound device was found. Clips are made and saved, but cannot be heard. Connect a device, or check that your user may use it (group “audio”).</source>
        <translation>Kein Tongerät gefunden. Clips werden erzeugt und gespeichert, sind aber nicht zu hören. Schließen Sie ein Gerät an oder prüfen Sie, ob Ihr Benutzer es verwenden darf (Gruppe „audio“).</translation>
    </message>
    <message>
        <source>%1 devices for playback</source>
        <translation>%1 Geräte zur Wiedergabe</translation>
    </message>
    <message>
        <source>Looking for sound devices …</source>
        <translation>Tongeräte werden gesucht …</translation>
    </message>
</context>
<context>
    <name>n2m::studio::BoardController</name>
    <message>
        <source>Name of the board:</source>
        <translation>Name der Pinnwand:</translation>
    </message>
    <message>
        <source>New board</source>
        <translation>Neue Pinnwand</translation>
    </message>
    <message>
        <source>Rename the board</source>
        <translation>Pinnwand umbenennen</translation>
    </message>
    <message>
        <source>Delete the board</source>
        <translation>Pinnwand löschen</translation>
    </message>
    <message>
        <source>Delete the board “%1”?</source>
        <translation>Die Pinnwand „%1“ löschen?</translation>
    </message>
    <message>
        <source>Its clips stay in the library.</source>
        <translation>Ihre Clips bleiben in der Bibliothek.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>taking off a board</source>
        <translation>Von einer Pinnwand nehmen</translation>
    </message>
    <message>
        <source>putting on a board</source>
        <translation>An eine Pinnwand</translation>
    </message>
    <message>
        <source>“%1” is on the board “%2”.</source>
        <translation>„%1“ hängt an der Pinnwand „%2“.</translation>
    </message>
    <message>
        <source>%1 clips are on the board “%2”.</source>
        <translation>%1 Clips hängen an der Pinnwand „%2“.</translation>
    </message>
    <message>
        <source>“%1” was taken off the board “%2”.</source>
        <translation>„%1“ hängt nicht mehr an der Pinnwand „%2“.</translation>
    </message>
    <message>
        <source>%1 clips were taken off the board “%2”.</source>
        <translation>%1 Clips hängen nicht mehr an der Pinnwand „%2“.</translation>
    </message>
</context>
<context>
    <name>n2m::studio::ChordController</name>
    <message>
        <source>The clip's settings and the new chords are in the panels. Press “Generate” to make a clip with them.</source>
        <translation>Die Einstellungen des Clips und die neuen Akkorde stehen in den Feldern. „Erzeugen“ macht damit einen Clip.</translation>
    </message>
</context>
<context>
    <name>n2m::studio::DesktopNotifications</name>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
</context>
<context>
    <name>n2m::studio::Dialogs</name>
    <message>
        <source>The model was not changed: %1</source>
        <translation>Das Modell wurde nicht gewechselt: %1</translation>
    </message>
    <message>
        <source>The other library will be opened at the next start of the program.</source>
        <translation>Die andere Bibliothek wird beim nächsten Start des Programms geöffnet.</translation>
    </message>
    <message>
        <source>Check the installation…</source>
        <translation>Installation prüfen …</translation>
    </message>
    <message>
        <source>About Noise2Music Studio</source>
        <translation>Über Noise2Music Studio</translation>
    </message>
    <message>
        <source>&lt;b&gt;Noise2Music Studio %1&lt;/b&gt;</source>
        <translation>&lt;b&gt;Noise2Music Studio %1&lt;/b&gt;</translation>
    </message>
    <message>
        <source>Music from words, with a cascade of diffusion models after Noise2Music (Huang et al., 2023).

Model: %1
Library: %2</source>
        <translation>Musik aus Worten, mit einer Kaskade von Diffusionsmodellen nach Noise2Music (Huang u. a., 2023).

Modell: %1
Bibliothek: %2</translation>
    </message>
    <message>
        <source>The other language will be used from the next start of the program.</source>
        <translation>Die andere Sprache gilt ab dem nächsten Start des Programms.</translation>
    </message>
    <message>
        <source>The other library will be opened when the environment variable N2M_LIBRARY is not set.</source>
        <translation>Die andere Bibliothek wird geöffnet, wenn die Umgebungsvariable N2M_LIBRARY nicht gesetzt ist.</translation>
    </message>
</context>
<context>
    <name>n2m::studio::ExportController</name>
    <message>
        <source>Export the clip</source>
        <translation>Den Clip exportieren</translation>
    </message>
    <message>
        <source>Export %1 clips</source>
        <translation>%1 Clips exportieren</translation>
    </message>
    <message>
        <source>%1: %2 samples beyond full scale were clipped.</source>
        <translation>%1: %2 Abtastwerte über der Vollaussteuerung wurden gekappt.</translation>
    </message>
    <message>
        <source>%1: its true peak is %2 dB, which may distort; a lower loudness helps.</source>
        <translation>%1: der wahre Spitzenwert ist %2 dB, das kann verzerren; eine geringere Lautheit hilft.</translation>
    </message>
    <message>
        <source>Exported to %1.</source>
        <translation>Nach %1 exportiert.</translation>
    </message>
    <message>
        <source>%1 clips exported to %2.</source>
        <translation>%1 Clips nach %2 exportiert.</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>%1 files (*%2)</source>
        <translation>%1-Dateien (*%2)</translation>
    </message>
    <message>
        <source>%1 already exists. Do you want to replace it?</source>
        <translation>%1 gibt es schon. Soll die Datei ersetzt werden?</translation>
    </message>
    <message>
        <source>Exporting</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>%1 of %2 clips exported to %3; stopped.</source>
        <translation>%1 von %2 Clips nach %3 exportiert; angehalten.</translation>
    </message>
    <message>
        <source>The library keeps its clips in %1, and an export could replace one. Please choose another folder.</source>
        <translation>Die Bibliothek hat ihre Clips in %1, und ein Export könnte einen davon ersetzen. Bitte einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>%1: it is quieter than requested, because its peaks would have been too high.</source>
        <translation>%1: leiser als gewünscht, weil die Spitzen sonst zu hoch wären.</translation>
    </message>
    <message>
        <source>… and %1 more like that</source>
        <translation>… und %1 weitere dieser Art</translation>
    </message>
    <message>
        <source>This clip has no score: it was made without a plan, or by another program.</source>
        <translation>Dieser Clip hat keine Partitur: Er wurde ohne Plan oder von einem anderen Programm gemacht.</translation>
    </message>
    <message>
        <source>None of these clips has a score.</source>
        <translation>Keiner dieser Clips hat eine Partitur.</translation>
    </message>
</context>
<context>
    <name>n2m::studio::GenerationController</name>
    <message>
        <source>That job had begun already; yours was added to the queue.</source>
        <translation>Dieser Auftrag hatte schon begonnen; Ihrer kam in die Warteschlange.</translation>
    </message>
</context>
<context>
    <name>n2m::studio::GenerationNotice</name>
    <message>
        <source>A clip could not be made</source>
        <translation>Ein Clip ließ sich nicht machen</translation>
    </message>
    <message>
        <source>A clip could not be saved</source>
        <translation>Ein Clip ließ sich nicht speichern</translation>
    </message>
    <message>
        <source>Clips done: %1, failed: %2</source>
        <translation>Clips fertig: %1, gescheitert: %2</translation>
    </message>
    <message>
        <source>The clip is done</source>
        <translation>Der Clip ist fertig</translation>
    </message>
    <message>
        <source>%1 clips are done</source>
        <translation>%1 Clips sind fertig</translation>
    </message>
</context>
<context>
    <name>n2m::studio::GenerationWorker</name>
    <message>
        <source>Different: the clip made again has another length or rate.</source>
        <translation>Verschieden: der neu erzeugte Clip hat eine andere Länge oder Rate.</translation>
    </message>
    <message>
        <source>Identical: made again, every sample is the same.</source>
        <translation>Identisch: neu erzeugt ist jeder Abtastwert derselbe.</translation>
    </message>
    <message>
        <source>Audibly the same: made again, the spectra differ by %1 dB on average.</source>
        <translation>Hörbar gleich: neu erzeugt unterscheiden sich die Spektren im Mittel um %1 dB.</translation>
    </message>
    <message>
        <source>Different: made again, the spectra differ by %1 dB on average.</source>
        <translation>Verschieden: neu erzeugt unterscheiden sich die Spektren im Mittel um %1 dB.</translation>
    </message>
    <message>
        <source>Cancelled: the clip was not compared.</source>
        <translation>Abgebrochen: Der Clip wurde nicht verglichen.</translation>
    </message>
</context>
<context>
    <name>n2m::studio::ImportController</name>
    <message>
        <source>Import sound files</source>
        <translation>Klangdateien importieren</translation>
    </message>
    <message>
        <source>Importing</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>Reading a score</source>
        <translation>Eine Partitur wird gelesen</translation>
    </message>
    <message>
        <source>%1 of %2 files imported; stopped.</source>
        <translation>%1 von %2 Dateien importiert; angehalten.</translation>
    </message>
    <message>
        <source>Imported.</source>
        <translation>Importiert.</translation>
    </message>
    <message>
        <source>%1 files imported.</source>
        <translation>%1 Dateien importiert.</translation>
    </message>
    <message>
        <source>%1 files could not be imported; the first: %2</source>
        <translation>%1 Dateien konnten nicht importiert werden; die erste: %2</translation>
    </message>
    <message>
        <source>Imported. Its settings are in the panels.</source>
        <translation>Importiert. Die Einstellungen stehen in den Feldern.</translation>
    </message>
    <message>
        <source>Reading the library's folder</source>
        <translation>Liest den Ordner der Bibliothek</translation>
    </message>
    <message>
        <source>The library matches its folder: %1 clips unchanged, %2 found in another place, %3 new, %4 without their file.</source>
        <translation>Die Bibliothek stimmt mit ihrem Ordner überein: %1 Clips unverändert, %2 an anderer Stelle gefunden, %3 neu, %4 ohne Datei.</translation>
    </message>
    <message>
        <source>Stopped after %1 of %2 new files; those are in the library now.</source>
        <translation>Nach %1 von %2 neuen Dateien angehalten; diese sind nun in der Bibliothek.</translation>
    </message>
    <message>
        <source>One file was in the library already.</source>
        <translation>Eine Datei war schon in der Bibliothek.</translation>
    </message>
    <message>
        <source>%1 files were in the library already.</source>
        <translation>%1 Dateien waren schon in der Bibliothek.</translation>
    </message>
    <message>
        <source>It was in the library already. Its settings are in the panels.</source>
        <translation>Die Datei war schon in der Bibliothek. Ihre Einstellungen stehen in den Feldern.</translation>
    </message>
    <message>
        <source>Sound files (%1);;MIDI files (*.mid *.midi);;All files (*)</source>
        <translation>Klangdateien (%1);;MIDI-Dateien (*.mid *.midi);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>The next clip plays the score of %1.</source>
        <translation>Der nächste Clip spielt die Partitur von %1.</translation>
    </message>
    <message>
        <source>It lasts %1 s; its first %2 s are played.</source>
        <translation>Sie dauert %1 s; gespielt werden die ersten %2 s.</translation>
    </message>
</context>
<context>
    <name>n2m::studio::LibraryController</name>
    <message>
        <source>The clip is in the trash.</source>
        <translation>Der Clip ist im Papierkorb.</translation>
    </message>
    <message>
        <source>%1 clips are in the trash.</source>
        <translation>%1 Clips sind im Papierkorb.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Empty the trash</source>
        <translation>Papierkorb leeren</translation>
    </message>
    <message>
        <source>Delete the clip in the trash for good?</source>
        <translation>Den Clip im Papierkorb endgültig löschen?</translation>
    </message>
    <message>
        <source>Delete the %1 clips in the trash for good?</source>
        <translation>Die %1 Clips im Papierkorb endgültig löschen?</translation>
    </message>
    <message>
        <source>Their files are deleted. This cannot be undone.</source>
        <translation>Ihre Dateien werden gelöscht. Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>The file is %1</source>
        <translation>Die Datei ist %1</translation>
    </message>
    <message>
        <source>Emptying the trash</source>
        <translation>Papierkorb wird geleert</translation>
    </message>
    <message>
        <source>Undone: %1.</source>
        <translation>Rückgängig gemacht: %1.</translation>
    </message>
    <message>
        <source>Redone: %1.</source>
        <translation>Wiederhergestellt: %1.</translation>
    </message>
    <message>
        <source>%1 of %2 clips deleted; stopped.</source>
        <translation>%1 von %2 Clips gelöscht; angehalten.</translation>
    </message>
</context>
<context>
    <name>n2m::studio::MarkController</name>
    <message>
        <source>the title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>the notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>the tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>the star</source>
        <translation>Stern</translation>
    </message>
    <message>
        <source>the rating</source>
        <translation>Bewertung</translation>
    </message>
</context>
<context>
    <name>n2m::studio::QueueController</name>
    <message>
        <source>%1 s left</source>
        <translation>noch %1 s</translation>
    </message>
    <message>
        <source>%1 min left</source>
        <translation>noch %1 min</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>Schritt %1 von %2</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Beginnt</translation>
    </message>
    <message>
        <source>A clip could not be made: %1</source>
        <translation>Ein Clip konnte nicht erzeugt werden: %1</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>The program ended while a clip was being made.</source>
        <translation>Das Programm endete, während ein Clip erzeugt wurde.</translation>
    </message>
    <message>
        <source>The program ended while %1 clips were being made.</source>
        <translation>Das Programm endete, während %1 Clips erzeugt wurden.</translation>
    </message>
    <message>
        <source>Make it again</source>
        <translation>Neu erzeugen</translation>
    </message>
    <message>
        <source>Made, but not saved yet</source>
        <translation>Fertig, aber noch nicht gespeichert</translation>
    </message>
    <message>
        <source>The clip is made, but could not be saved: %1. It is kept in memory: make room, then save it again.</source>
        <translation>Der Clip ist fertig, konnte aber nicht gespeichert werden: %1. Er bleibt im Arbeitsspeicher: schaffe Platz und speichere ihn dann erneut.</translation>
    </message>
    <message>
        <source>Save again</source>
        <translation>Erneut speichern</translation>
    </message>
</context>
<context>
    <name>n2m::studio::RebuildDialog</name>
    <message>
        <source>Rebuilding the library</source>
        <translation>Die Bibliothek wird neu aufgebaut</translation>
    </message>
</context>
<context>
    <name>n2m::studio::RepaintController</name>
    <message>
        <source>Describe how the selection should sound, then press “Repaint”. Everything outside it stays.</source>
        <translation>Beschreiben Sie, wie die Auswahl klingen soll, und drücken Sie „Neu erzeugen“. Alles außerhalb bleibt.</translation>
    </message>
    <message>
        <source>Choose the new length, then press “Extend”. The clip continues from its end.</source>
        <translation>Wählen Sie die neue Länge und drücken Sie „Verlängern“. Der Clip geht an seinem Ende weiter.</translation>
    </message>
</context>
<context>
    <name>n2m::studio::ShownClip</name>
    <message>
        <source>still being made</source>
        <translation>entsteht noch</translation>
    </message>
    <message>
        <source>This clip could not be read.</source>
        <translation>Dieser Clip konnte nicht gelesen werden.</translation>
    </message>
    <message>
        <source>Reading …</source>
        <translation>Wird gelesen …</translation>
    </message>
    <message>
        <source>“%1” is ready.</source>
        <translation>„%1“ ist fertig.</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>A: %1</source>
        <translation>A: %1</translation>
    </message>
    <message>
        <source>B: %1</source>
        <translation>B: %1</translation>
    </message>
    <message>
        <source>It plays as soon as it is there.</source>
        <translation>Er wird abgespielt, sobald er da ist.</translation>
    </message>
</context>
<context>
    <name>n2m::studio::Studio</name>
    <message>
        <source>The clip will be made again and compared when the queue is done.</source>
        <translation>Der Clip wird neu erzeugt und verglichen, sobald die Warteschlange leer ist.</translation>
    </message>
    <message>
        <source>The clip is being made again, to compare …</source>
        <translation>Der Clip wird zum Vergleich neu erzeugt …</translation>
    </message>
    <message>
        <source>The clip could not be verified: %1</source>
        <translation>Der Clip konnte nicht geprüft werden: %1</translation>
    </message>
    <message>
        <source>This clip is still being made: it has no file yet.</source>
        <translation>Dieser Clip entsteht noch: Er hat noch keine Datei.</translation>
    </message>
    <message>
        <source>Copied as a file: %1</source>
        <translation>Als Datei kopiert: %1</translation>
    </message>
    <message>
        <source>Rebuild the library</source>
        <translation>Bibliothek neu aufbauen</translation>
    </message>
    <message>
        <source>Preferences…</source>
        <translation>Einstellungen …</translation>
    </message>
</context>
<context>
    <name>n2m::ui</name>
    <message>
        <source>Spectrogram</source>
        <translation>Spektrogramm</translation>
    </message>
    <message>
        <source>Vocoder</source>
        <translation>Vocoder</translation>
    </message>
    <message>
        <source>Griffin-Lim vocoder</source>
        <translation>Griffin-Lim-Vocoder</translation>
    </message>
    <message>
        <source>Sound of the spectrum</source>
        <translation>Klang aus dem Spektrum</translation>
    </message>
    <message>
        <source>Super-resolution</source>
        <translation>Super-Resolution</translation>
    </message>
    <message>
        <source>Resampling</source>
        <translation>Umtasten</translation>
    </message>
    <message>
        <source>Waveform</source>
        <translation>Wellenform</translation>
    </message>
    <message>
        <source>Waveform cascader</source>
        <translation>Wellenform-Kaskade</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>Das Modell wird geladen</translation>
    </message>
    <message>
        <source>Planning</source>
        <translation>Plant</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Generate</source>
        <translation>&amp;Erzeugen</translation>
    </message>
    <message>
        <source>&amp;Clip</source>
        <translation>&amp;Clip</translation>
    </message>
    <message>
        <source>&amp;Play</source>
        <translation>&amp;Hören</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>H&amp;ilfe</translation>
    </message>
    <message>
        <source>Ambient drift</source>
        <translation>Ambient zum Treibenlassen</translation>
    </message>
    <message>
        <source>Piano ballad in the rain</source>
        <translation>Klavierballade im Regen</translation>
    </message>
    <message>
        <source>Film score at dawn</source>
        <translation>Filmmusik am Morgen</translation>
    </message>
    <message>
        <source>Chamber music</source>
        <translation>Kammermusik</translation>
    </message>
    <message>
        <source>Ballroom waltz</source>
        <translation>Walzer im Ballsaal</translation>
    </message>
    <message>
        <source>Bossa on the terrace</source>
        <translation>Bossa auf der Terrasse</translation>
    </message>
    <message>
        <source>Jazz after midnight</source>
        <translation>Jazz nach Mitternacht</translation>
    </message>
    <message>
        <source>Lo-fi for reading</source>
        <translation>Lo-Fi zum Lesen</translation>
    </message>
    <message>
        <source>Roots reggae</source>
        <translation>Roots-Reggae</translation>
    </message>
    <message>
        <source>Funk with slap bass</source>
        <translation>Funk mit Slap-Bass</translation>
    </message>
    <message>
        <source>Disco strings</source>
        <translation>Disco mit Streichern</translation>
    </message>
    <message>
        <source>Synthwave by night</source>
        <translation>Synthwave bei Nacht</translation>
    </message>
    <message>
        <source>House, deep and warm</source>
        <translation>House, tief und warm</translation>
    </message>
    <message>
        <source>Drum and bass</source>
        <translation>Drum and Bass</translation>
    </message>
    <message>
        <source>Rock anthem</source>
        <translation>Rockhymne</translation>
    </message>
    <message>
        <source>8-bit adventure</source>
        <translation>8-Bit-Abenteuer</translation>
    </message>
    <message>
        <source>Quick draft</source>
        <translation>Schneller Entwurf</translation>
    </message>
    <message>
        <source>Finest</source>
        <translation>Am feinsten</translation>
    </message>
    <message>
        <source>Many steps: takes the longest.</source>
        <translation>Viele Schritte: dauert am längsten.</translation>
    </message>
    <message>
        <source>Ten-second sketch</source>
        <translation>Zehn-Sekunden-Skizze</translation>
    </message>
    <message>
        <source>Close to the words</source>
        <translation>Nah an den Worten</translation>
    </message>
    <message>
        <source>Few steps, to hear quickly whether an idea works.</source>
        <translation>Wenige Schritte, um schnell zu hören, ob eine Idee taugt.</translation>
    </message>
    <message>
        <source>A short clip, which takes much less time.</source>
        <translation>Ein kurzer Clip, der viel schneller fertig ist.</translation>
    </message>
    <message>
        <source>Strong guidance: closer to the prompt, with less variety.</source>
        <translation>Starke Guidance: näher am Prompt, mit weniger Abwechslung.</translation>
    </message>
</context>
<context>
    <name>n2m::ui::Actions</name>
    <message>
        <source>&amp;Generate</source>
        <translation>&amp;Erzeugen</translation>
    </message>
    <message>
        <source>Earlier prompt</source>
        <translation>Früherer Prompt</translation>
    </message>
    <message>
        <source>Later prompt</source>
        <translation>Späterer Prompt</translation>
    </message>
    <message>
        <source>Go to the prompt</source>
        <translation>Zum Prompt</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>&amp;Cancel the running job</source>
        <translation>Den laufenden Auftrag ab&amp;brechen</translation>
    </message>
    <message>
        <source>Clear the &amp;queue</source>
        <translation>Die &amp;Warteschlange leeren</translation>
    </message>
    <message>
        <source>&amp;Pause the queue</source>
        <translation>Die Warteschlange an&amp;halten</translation>
    </message>
    <message>
        <source>Clip</source>
        <translation>Clip</translation>
    </message>
    <message>
        <source>Use &amp;all its settings</source>
        <translation>&amp;Alle seine Einstellungen übernehmen</translation>
    </message>
    <message>
        <source>Use its &amp;prompt</source>
        <translation>Seinen &amp;Prompt übernehmen</translation>
    </message>
    <message>
        <source>Use its &amp;seed</source>
        <translation>Seinen &amp;Seed übernehmen</translation>
    </message>
    <message>
        <source>Use all but the s&amp;eed</source>
        <translation>Alles außer dem S&amp;eed übernehmen</translation>
    </message>
    <message>
        <source>Show its &amp;facts</source>
        <translation>Seine &amp;Daten zeigen</translation>
    </message>
    <message>
        <source>S&amp;tar</source>
        <translation>S&amp;tern</translation>
    </message>
    <message>
        <source>No rating</source>
        <translation>Keine Bewertung</translation>
    </message>
    <message>
        <source>Rate %1 of 5</source>
        <translation>Mit %1 von 5 bewerten</translation>
    </message>
    <message>
        <source>Move to the tras&amp;h</source>
        <translation>In den Papierk&amp;orb</translation>
    </message>
    <message>
        <source>Show in fol&amp;der</source>
        <translation>Im Ord&amp;ner zeigen</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>E&amp;xportieren …</translation>
    </message>
    <message>
        <source>&amp;Play or stop</source>
        <translation>&amp;Abspielen oder anhalten</translation>
    </message>
    <message>
        <source>Play &amp;once</source>
        <translation>&amp;Einmal abspielen</translation>
    </message>
    <message>
        <source>&amp;Loop</source>
        <translation>Sch&amp;leife</translation>
    </message>
    <message>
        <source>Loop the &amp;selection</source>
        <translation>Die Au&amp;swahl wiederholen</translation>
    </message>
    <message>
        <source>To the start</source>
        <translation>Zum Anfang</translation>
    </message>
    <message>
        <source>To the end</source>
        <translation>Zum Ende</translation>
    </message>
    <message>
        <source>Selection starts here</source>
        <translation>Auswahl beginnt hier</translation>
    </message>
    <message>
        <source>Selection ends here</source>
        <translation>Auswahl endet hier</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>Ver&amp;größern</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>Ver&amp;kleinern</translation>
    </message>
    <message>
        <source>Zoom to the &amp;selection</source>
        <translation>Auf die Au&amp;swahl vergrößern</translation>
    </message>
    <message>
        <source>&amp;Fit the clip</source>
        <translation>Clip ein&amp;passen</translation>
    </message>
    <message>
        <source>&amp;Normal zoom</source>
        <translation>&amp;Normale Größe</translation>
    </message>
    <message>
        <source>&amp;History panel</source>
        <translation>&amp;Verlauf</translation>
    </message>
    <message>
        <source>&amp;Queue and facts</source>
        <translation>&amp;Warteschlange und Daten</translation>
    </message>
    <message>
        <source>The clip &amp;alone</source>
        <translation>Nur den &amp;Clip</translation>
    </message>
    <message>
        <source>Search the history</source>
        <translation>Im Verlauf suchen</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>&amp;Import sound files…</source>
        <translation>Klangdateien &amp;importieren …</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>Open the &amp;library's folder</source>
        <translation>Ordner der Bibliothek öff&amp;nen</translation>
    </message>
    <message>
        <source>&amp;Rebuild the library from its folder</source>
        <translation>Bibliothek aus ihrem Ordner neu &amp;aufbauen</translation>
    </message>
    <message>
        <source>&amp;Preferences…</source>
        <translation>&amp;Einstellungen …</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts…</source>
        <translation>&amp;Tastenkürzel …</translation>
    </message>
    <message>
        <source>&amp;Check the installation…</source>
        <translation>&amp;Installation prüfen …</translation>
    </message>
    <message>
        <source>&amp;About Noise2Music Studio</source>
        <translation>&amp;Über Noise2Music Studio</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>an action and its key</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Ta&amp;gs…</source>
        <translation>Sch&amp;lagwörter …</translation>
    </message>
    <message>
        <source>Put on a &amp;board</source>
        <translation>An eine P&amp;innwand</translation>
    </message>
    <message>
        <source>Se&amp;ttings panel</source>
        <translation>&amp;Einstellungen</translation>
    </message>
    <message>
        <source>Generation</source>
        <translation>Erzeugen</translation>
    </message>
    <message>
        <source>Generate &amp;next, at the front of the queue</source>
        <translation>Als &amp;Nächstes erzeugen, vorn in der Warteschlange</translation>
    </message>
    <message>
        <source>&amp;Listen to the clip in progress</source>
        <translation>Den entstehenden Clip &amp;anhören</translation>
    </message>
    <message>
        <source>Restore fro&amp;m the trash</source>
        <translation>Aus dem Papierkorb &amp;zurückholen</translation>
    </message>
    <message>
        <source>&amp;Compare with the previous clip</source>
        <translation>Mit dem vorigen Clip &amp;vergleichen</translation>
    </message>
    <message>
        <source>Switch to the &amp;other clip</source>
        <translation>Zum anderen Clip &amp;wechseln</translation>
    </message>
    <message>
        <source>Show the d&amp;ifference</source>
        <translation>Den &amp;Unterschied zeigen</translation>
    </message>
    <message>
        <source>Edit the chords at the p&amp;layhead</source>
        <translation>Ak&amp;korde an der Abspielposition bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Repaint selection…</source>
        <translation>Auswa&amp;hl neu erzeugen …</translation>
    </message>
    <message>
        <source>E&amp;xtend clip…</source>
        <translation>Clip verlän&amp;gern …</translation>
    </message>
    <message>
        <source>&amp;Verify: generate again and compare</source>
        <translation>P&amp;rüfen: noch einmal erzeugen und vergleichen</translation>
    </message>
    <message>
        <source>Playback</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Empt&amp;y the trash…</source>
        <translation>Papierkorb &amp;leeren …</translation>
    </message>
    <message>
        <source>Export as &amp;MIDI…</source>
        <translation>Als &amp;MIDI exportieren …</translation>
    </message>
</context>
<context>
    <name>n2m::ui::CheckDialog</name>
    <message>
        <source>good</source>
        <translation>gut</translation>
    </message>
    <message>
        <source>not working</source>
        <translation>geht nicht</translation>
    </message>
    <message>
        <source>Check of the installation</source>
        <translation>Prüfung der Installation</translation>
    </message>
    <message>
        <source>being checked</source>
        <translation>wird geprüft</translation>
    </message>
    <message>
        <source>needs attention</source>
        <translation>zu beachten</translation>
    </message>
    <message>
        <source>Everything works.</source>
        <translation>Alles funktioniert.</translation>
    </message>
    <message>
        <source>Checking …</source>
        <translation>Wird geprüft …</translation>
    </message>
    <message>
        <source>Some things need your attention.</source>
        <translation>Einiges braucht Ihre Aufmerksamkeit.</translation>
    </message>
</context>
<context>
    <name>n2m::ui::ChordEditor</name>
    <message>
        <source>Chords of bar %1</source>
        <translation>Akkorde von Takt %1</translation>
    </message>
    <message>
        <source>The chords of bar %1, for example Am7 or C G. Enter keeps them, Tab goes on to the next bar, Esc leaves them as they were.</source>
        <translation>Die Akkorde von Takt %1, zum Beispiel Am7 oder C G. Enter übernimmt sie, Tab geht weiter zum nächsten Takt, Esc lässt sie, wie sie waren.</translation>
    </message>
</context>
<context>
    <name>n2m::ui::ClipControls</name>
    <message>
        <source>Frequency axis, colours and levels of the spectrogram</source>
        <translation>Frequenzachse, Farben und Pegel des Spektrogramms</translation>
    </message>
    <message>
        <source>&amp;Frequency axis</source>
        <translation>&amp;Frequenzachse</translation>
    </message>
    <message>
        <source>&amp;Mel, as the ear hears</source>
        <translation>&amp;Mel, wie das Ohr hört</translation>
    </message>
    <message>
        <source>&amp;Linear</source>
        <translation>&amp;Linear</translation>
    </message>
    <message>
        <source>&amp;Colours</source>
        <translation>F&amp;arben</translation>
    </message>
    <message>
        <source>&amp;Range</source>
        <translation>&amp;Umfang</translation>
    </message>
    <message>
        <source>%1 dB</source>
        <translation>%1 dB</translation>
    </message>
    <message>
        <source>&amp;Gain</source>
        <translation>&amp;Verstärkung</translation>
    </message>
    <message>
        <source>Spectrogram settings</source>
        <translation>Einstellungen des Spektrogramms</translation>
    </message>
    <message>
        <source>See and hear the first clip</source>
        <translation>Den ersten Clip sehen und hören</translation>
    </message>
    <message>
        <source>See and hear the second clip, as loud as the first</source>
        <translation>Den zweiten Clip sehen und hören, so laut wie den ersten</translation>
    </message>
    <message>
        <source>See the difference between the two clips, and hear the first</source>
        <translation>Den Unterschied der beiden Clips sehen und den ersten hören</translation>
    </message>
    <message>
        <source>L&amp;ogarithmic, equal octaves</source>
        <translation>L&amp;ogarithmisch, gleich große Oktaven</translation>
    </message>
    <message>
        <source>&amp;Default</source>
        <translation>&amp;Vorgabe</translation>
    </message>
</context>
<context>
    <name>n2m::ui::ClipView</name>
    <message>
        <source>Nothing to show yet.</source>
        <translation>Noch nichts zu sehen.</translation>
    </message>
    <message>
        <source>Clip</source>
        <translation>Clip</translation>
    </message>
    <message>
        <source>Waveform and spectrogram of the clip over time</source>
        <translation>Wellenform und Spektrogramm des Clips über der Zeit</translation>
    </message>
    <message>
        <source>Position in the clip</source>
        <translation>Stelle im Clip</translation>
    </message>
    <message>
        <source>Selection %1 – %2 (%3 s)</source>
        <translation>Auswahl %1 – %2 (%3 s)</translation>
    </message>
    <message>
        <source>%1 dB</source>
        <translation>%1 dB</translation>
    </message>
    <message>
        <source>%1 Hz</source>
        <translation>%1 Hz</translation>
    </message>
    <message>
        <source>Orange: the first clip is louder. Blue: the second is. Colours end at 24 dB.</source>
        <translation>Orange: Der erste Clip ist lauter. Blau: der zweite. Die Farben enden bei 24 dB.</translation>
    </message>
    <message>
        <source>First clip</source>
        <translation>Erster Clip</translation>
    </message>
    <message>
        <source>Second clip</source>
        <translation>Zweiter Clip</translation>
    </message>
</context>
<context>
    <name>n2m::ui::CompletionList</name>
    <message>
        <source>Completions</source>
        <translation>Ergänzungen</translation>
    </message>
</context>
<context>
    <name>n2m::ui::EstimatePicture</name>
    <message>
        <source>Estimate of the clip in progress</source>
        <translation>Schätzung des entstehenden Clips</translation>
    </message>
    <message>
        <source>Waveform and spectrogram as the model estimates them so far</source>
        <translation>Wellenform und Spektrogramm, wie das Modell sie bisher schätzt</translation>
    </message>
</context>
<context>
    <name>n2m::ui::ExportDialog</name>
    <message>
        <source>Export the clip</source>
        <translation>Den Clip exportieren</translation>
    </message>
    <message>
        <source>Export %1 clips</source>
        <translation>%1 Clips exportieren</translation>
    </message>
    <message>
        <source>WAV, 24 bit</source>
        <translation>WAV, 24 Bit</translation>
    </message>
    <message>
        <source>WAV, 16 bit</source>
        <translation>WAV, 16 Bit</translation>
    </message>
    <message>
        <source>WAV, 32 bit float</source>
        <translation>WAV, 32 Bit Gleitkomma</translation>
    </message>
    <message>
        <source>FLAC, 24 bit</source>
        <translation>FLAC, 24 Bit</translation>
    </message>
    <message>
        <source>FLAC, 16 bit</source>
        <translation>FLAC, 16 Bit</translation>
    </message>
    <message>
        <source>Ogg Vorbis</source>
        <translation>Ogg Vorbis</translation>
    </message>
    <message>
        <source>Opus</source>
        <translation>Opus</translation>
    </message>
    <message>
        <source>MP3</source>
        <translation>MP3</translation>
    </message>
    <message>
        <source>%1 Hz</source>
        <translation>%1 Hz</translation>
    </message>
    <message>
        <source>To −14 LUFS, as streaming services do</source>
        <translation>Auf −14 LUFS, wie Streamingdienste</translation>
    </message>
    <message>
        <source>Peaks to −1 dB</source>
        <translation>Spitzen auf −1 dB</translation>
    </message>
    <message>
        <source>The whole clip</source>
        <translation>Der ganze Clip</translation>
    </message>
    <message>
        <source>Whole clips</source>
        <translation>Ganze Clips</translation>
    </message>
    <message>
        <source>The selection</source>
        <translation>Die Auswahl</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>&amp;Format</translation>
    </message>
    <message>
        <source>&amp;Rate</source>
        <translation>&amp;Rate</translation>
    </message>
    <message>
        <source>&amp;Loudness</source>
        <translation>&amp;Lautheit</translation>
    </message>
    <message>
        <source>&amp;Part</source>
        <translation>&amp;Teil</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>Ordner wählen …</translation>
    </message>
    <message>
        <source>Same as the clip</source>
        <translation>Wie der Clip</translation>
    </message>
    <message>
        <source>Unchanged</source>
        <translation>Unverändert</translation>
    </message>
    <message>
        <source>The file contains prompt, seed and all settings.</source>
        <translation>Die Datei enthält Prompt, Seed und alle Einstellungen.</translation>
    </message>
</context>
<context>
    <name>n2m::ui::FactsPanel</name>
    <message>
        <source>on %1, %2</source>
        <comment>a device and its type of numbers</comment>
        <translation>auf %1, %2</translation>
    </message>
    <message>
        <source>version %1</source>
        <translation>Version %1</translation>
    </message>
    <message>
        <source>Choose a clip in the history to see how it was made.</source>
        <translation>Einen Clip im Verlauf wählen, um zu sehen, wie er entstanden ist.</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Tags, separated by commas</source>
        <translation>Schlagwörter, durch Kommas getrennt</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>Negative</source>
        <translation>Negativ</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>Music</source>
        <translation>Musik</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Klang</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>Entstanden</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>%1 bpm</source>
        <translation>%1 bpm</translation>
    </message>
    <message>
        <source>%1 s, %2 Hz, %3</source>
        <translation>%1 s, %2 Hz, %3</translation>
    </message>
    <message>
        <source>mono</source>
        <translation>mono</translation>
    </message>
    <message>
        <source>stereo</source>
        <translation>stereo</translation>
    </message>
    <message>
        <source>%1 channels</source>
        <translation>%1 Kanäle</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>a date and a time</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1 steps</source>
        <translation>%1 Schritte</translation>
    </message>
    <message>
        <source>guidance %1</source>
        <translation>Guidance %1</translation>
    </message>
    <message>
        <source>plan guidance %1</source>
        <translation>Plan guidance %1</translation>
    </message>
    <message>
        <source>temperature %1</source>
        <translation>Temperatur %1</translation>
    </message>
    <message>
        <source>gamma %1</source>
        <translation>Gamma %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a stage and how it worked</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Stages</source>
        <translation>Stufen</translation>
    </message>
    <message>
        <source>1 step</source>
        <translation>1 Schritt</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>Ohne Titel</translation>
    </message>
    <message>
        <source>slow, film</source>
        <translation>langsam, Film</translation>
    </message>
    <message>
        <source>%1 to %2 repainted, the rest from %3</source>
        <translation>%1 bis %2 neu erzeugt, der Rest aus %3</translation>
    </message>
</context>
<context>
    <name>n2m::ui::HeardLine</name>
    <message>
        <source>Heard as: %1</source>
        <translation>Verstanden als: %1</translation>
    </message>
    <message>
        <source>Contradictory: %1</source>
        <translation>Widersprüchlich: %1</translation>
    </message>
    <message>
        <source>These words exclude one another, so the model has to choose.</source>
        <translation>Diese Wörter schließen einander aus, das Modell muss also wählen.</translation>
    </message>
    <message>
        <source>Not possible: %1</source>
        <translation>Nicht möglich: %1</translation>
    </message>
    <message>
        <source>The model has learned no music with this.</source>
        <translation>Das Modell hat keine Musik damit gelernt.</translation>
    </message>
    <message>
        <source>Not understood: %1</source>
        <translation>Nicht verstanden: %1</translation>
    </message>
    <message>
        <source>The model does not know these words, so they hardly change the music.</source>
        <translation>Das Modell kennt diese Wörter nicht, sie ändern die Musik also kaum.</translation>
    </message>
</context>
<context>
    <name>n2m::ui::HistoryModel</name>
    <message>
        <source>(removed)</source>
        <translation>(entfernt)</translation>
    </message>
    <message>
        <source>%1, %2, %3</source>
        <translation>%1, %2, %3</translation>
    </message>
    <message>
        <source>starred</source>
        <translation>mit Stern</translation>
    </message>
    <message>
        <source>not starred</source>
        <translation>ohne Stern</translation>
    </message>
    <message>
        <source>%1 bpm</source>
        <translation>%1 bpm</translation>
    </message>
    <message>
        <source>imported</source>
        <translation>importiert</translation>
    </message>
    <message>
        <source>(cannot be read)</source>
        <translation>(nicht lesbar)</translation>
    </message>
</context>
<context>
    <name>n2m::ui::HistoryPanel</name>
    <message>
        <source>Search the history</source>
        <translation>Im Verlauf suchen</translation>
    </message>
    <message>
        <source>Words are looked for in prompts, titles, notes and tags.
Fields: seed:7  rating:&gt;=4  duration:&gt;20  bpm:90..120  key:"A minor"  tag:slow  board:night
date:2026-11  is:starred  origin:imported; a minus before one excludes what it finds.</source>
        <translation>Wörter werden in Prompts, Titeln, Notizen und Schlagwörtern gesucht.
Felder: seed:7  rating:&gt;=4  duration:&gt;20  bpm:90..120  key:"A minor"  tag:slow  board:night
date:2026-11  is:starred  origin:imported; ein Minus davor schließt aus, was gefunden wird.</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <source>Newest</source>
        <translation>Neueste</translation>
    </message>
    <message>
        <source>Oldest</source>
        <translation>Älteste</translation>
    </message>
    <message>
        <source>Best rated</source>
        <translation>Beste Bewertung</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Longest</source>
        <translation>Längste</translation>
    </message>
    <message>
        <source>Slowest</source>
        <translation>Langsamste</translation>
    </message>
    <message>
        <source>Fastest</source>
        <translation>Schnellste</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Tonart</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>All clips</source>
        <translation>Alle Clips</translation>
    </message>
    <message>
        <source>Starred</source>
        <translation>Mit Stern</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>a board and its clips</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Trash (%1)</source>
        <translation>Papierkorb (%1)</translation>
    </message>
    <message>
        <source>1 clip</source>
        <translation>1 Clip</translation>
    </message>
    <message>
        <source>%1 clips</source>
        <translation>%1 Clips</translation>
    </message>
    <message>
        <source>The trash is empty.</source>
        <translation>Der Papierkorb ist leer.</translation>
    </message>
    <message>
        <source>No clips yet.

Everything you generate is kept here at once. Sound files can be dropped onto the window to import them.</source>
        <translation>Noch keine Clips.

Alles, was erzeugt wird, wird sofort hier aufgehoben. Klangdateien lassen sich importieren, indem man sie auf das Fenster zieht.</translation>
    </message>
    <message>
        <source>Nothing found.

Choose “All clips” or clear the search field to see everything.</source>
        <translation>Nichts gefunden.

„Alle Clips“ wählen oder das Suchfeld leeren, um alles zu sehen.</translation>
    </message>
    <message>
        <source>New board…</source>
        <translation>Neue Pinnwand …</translation>
    </message>
    <message>
        <source>Rename or delete the board</source>
        <translation>Die Pinnwand umbenennen oder löschen</translation>
    </message>
    <message>
        <source>&amp;Rename the board…</source>
        <translation>Pinnwand &amp;umbenennen …</translation>
    </message>
    <message>
        <source>&amp;Delete the board…</source>
        <translation>Pinnwand &amp;löschen …</translation>
    </message>
    <message>
        <source>Words, seed:7, rating:&gt;=4 …</source>
        <translation>Wörter, seed:7, rating:&gt;=4 …</translation>
    </message>
    <message>
        <source>Board menu</source>
        <translation>Menü der Pinnwand</translation>
    </message>
    <message>
        <source>Remove from this &amp;board</source>
        <translation>Von dieser Pinn&amp;wand nehmen</translation>
    </message>
    <message>
        <source>Shown clips</source>
        <translation>Angezeigte Clips</translation>
    </message>
</context>
<context>
    <name>n2m::ui::LevelMeter</name>
    <message>
        <source>Level of the clip: RMS, peak and highest peak, −60 to 0 dB. The end turns red where the clip goes beyond full scale; click to reset.</source>
        <translation>Pegel des Clips: Effektivwert, Spitze und höchste Spitze, −60 bis 0 dB. Das Ende wird rot, wo der Clip über die Vollaussteuerung geht; ein Klick setzt zurück.</translation>
    </message>
    <message>
        <source>Level meter</source>
        <translation>Pegelanzeige</translation>
    </message>
</context>
<context>
    <name>n2m::ui::MainWindow</name>
    <message>
        <source>Your music appears here</source>
        <translation>Hier erscheint Ihre Musik</translation>
    </message>
    <message>
        <source>Noise2Music Studio</source>
        <translation>Noise2Music Studio</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Queue (%1)</source>
        <translation>Warteschlange (%1)</translation>
    </message>
    <message>
        <source>Choose a starting point</source>
        <translation>Mit einem Beispiel beginnen</translation>
    </message>
    <message>
        <source>Every clip is kept in the history to the right.</source>
        <translation>Jeder Clip bleibt rechts im Verlauf.</translation>
    </message>
    <message>
        <source>Every clip is kept in the history to the right; %1 plays it.</source>
        <translation>Jeder Clip bleibt rechts im Verlauf; %1 spielt ihn ab.</translation>
    </message>
    <message>
        <source>Describe the music above, then press %1.</source>
        <translation>Beschreiben Sie oben die Musik und drücken Sie %1.</translation>
    </message>
</context>
<context>
    <name>n2m::ui::MakingStrip</name>
    <message>
        <source>A moment …</source>
        <translation>Moment …</translation>
    </message>
    <message>
        <source>Listen</source>
        <translation>Anhören</translation>
    </message>
    <message>
        <source>%1 bpm, %2</source>
        <comment>tempo and key</comment>
        <translation>%1 bpm, %2</translation>
    </message>
    <message>
        <source>In progress</source>
        <translation>Entsteht gerade</translation>
    </message>
    <message>
        <source>Hear the model's estimate so far; generation continues meanwhile. %1</source>
        <translation>Die bisherige Schätzung des Modells hören; der Clip entsteht derweil weiter. %1</translation>
    </message>
</context>
<context>
    <name>n2m::ui::MusicBox</name>
    <message>
        <source>Plan the music first</source>
        <translation>Die Musik zuerst planen</translation>
    </message>
    <message>
        <source>Tempo in beats per minute</source>
        <translation>Tempo in Schlägen pro Minute</translation>
    </message>
    <message>
        <source> bpm</source>
        <comment>beats per minute</comment>
        <translation> bpm</translation>
    </message>
    <message>
        <source>from the prompt</source>
        <translation>aus dem Prompt</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Tonart</translation>
    </message>
    <message>
        <source>Chords</source>
        <translation>Akkorde</translation>
    </message>
    <message>
        <source>Tempo, key, chords and form are decided before the sound. Without it, the model works from the text alone.</source>
        <translation>Tempo, Tonart, Akkorde und Form werden vor dem Klang entschieden. Ohne Plan arbeitet das Modell allein nach dem Text.</translation>
    </message>
    <message>
        <source>Music</source>
        <translation>Musik</translation>
    </message>
    <message>
        <source>&amp;Tempo</source>
        <translation>&amp;Tempo</translation>
    </message>
    <message>
        <source>&amp;Key</source>
        <translation>T&amp;onart</translation>
    </message>
    <message>
        <source>Ch&amp;ords</source>
        <translation>A&amp;kkorde</translation>
    </message>
    <message>
        <source>One chord per bar, repeated: Am F C G. With bar lines, several per bar: Am F | C G</source>
        <translation>Ein Akkord pro Takt, wiederholt: Am F C G. Mit Taktstrichen mehrere pro Takt: Am F | C G</translation>
    </message>
    <message>
        <source>Make a new plan</source>
        <translation>Neu planen</translation>
    </message>
    <message>
        <source>Drop this plan and make a new one</source>
        <translation>Diesen Plan verwerfen und neu planen</translation>
    </message>
    <message>
        <source>Keeps the clip's plan: %1 bpm, %2, %3 …</source>
        <translation>Behält den Plan des Clips: %1 bpm, %2, %3 …</translation>
    </message>
    <message>
        <source>a file</source>
        <comment>plays the score of …</comment>
        <translation>einer Datei</translation>
    </message>
    <message>
        <source>Plays a file's score: %1 bpm, %2, %3 …</source>
        <translation>Spielt die Partitur einer Datei: %1 bpm, %2, %3 …</translation>
    </message>
</context>
<context>
    <name>n2m::ui::NoticeBar</name>
    <message>
        <source>Close the message</source>
        <translation>Meldung schließen</translation>
    </message>
</context>
<context>
    <name>n2m::ui::ParametersPanel</name>
    <message>
        <source> s</source>
        <comment>seconds</comment>
        <translation> s</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Variations</source>
        <translation>Variationen</translation>
    </message>
    <message>
        <source>&amp;Length</source>
        <translation>&amp;Länge</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>Erweitert</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>Vorgaben</translation>
    </message>
    <message>
        <source>The model's defaults</source>
        <translation>Wie vom Modell vorgesehen</translation>
    </message>
    <message>
        <source>%1 Built in.</source>
        <translation>%1 Mitgeliefert.</translation>
    </message>
    <message>
        <source>V&amp;ariations</source>
        <translation>&amp;Variationen</translation>
    </message>
    <message>
        <source>See&amp;d</source>
        <translation>&amp;Seed</translation>
    </message>
    <message>
        <source>How many clips to make; each one's seed is the last one's plus 1.</source>
        <translation>Wie viele Clips; der Seed wird jedes Mal um 1 größer.</translation>
    </message>
    <message>
        <source>Save these settings as a preset</source>
        <translation>Diese Einstellungen als Vorgabe speichern</translation>
    </message>
    <message>
        <source>Remove the selected preset</source>
        <translation>Die gewählte Vorgabe entfernen</translation>
    </message>
    <message>
        <source>Name (an existing preset of that name is replaced):</source>
        <translation>Name (eine Vorgabe dieses Namens wird ersetzt):</translation>
    </message>
</context>
<context>
    <name>n2m::ui::PlayerBar</name>
    <message>
        <source>To the start</source>
        <translation>Zum Anfang</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>To the end</source>
        <translation>Zum Ende</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>Schleife</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Sound device</source>
        <translation>Audiogerät</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Lautstärke</translation>
    </message>
    <message>
        <source>Volume: silent</source>
        <translation>Lautstärke: stumm</translation>
    </message>
    <message>
        <source>Volume: %1 dB</source>
        <translation>Lautstärke: %1 dB</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>von %1</translation>
    </message>
    <message numerus="yes">
        <source>%n dropout(s)</source>
        <translation>
            <numerusform>%n Aussetzer</numerusform>
            <numerusform>%n Aussetzer</numerusform>
        </translation>
    </message>
    <message>
        <source>Click to choose a device.</source>
        <translation>Klicken, um ein Gerät zu wählen.</translation>
    </message>
    <message>
        <source>Loop the selection, or the whole clip</source>
        <translation>Die Auswahl oder den ganzen Clip wiederholen</translation>
    </message>
    <message>
        <source>Gaps in the sound, because the computer was too busy. A larger buffer in the preferences helps.</source>
        <translation>Aussetzer, weil der Rechner zu beschäftigt war. Ein größerer Puffer in den Einstellungen hilft.</translation>
    </message>
</context>
<context>
    <name>n2m::ui::PreferencesDialog</name>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts…</source>
        <translation>&amp;Tastenkürzel …</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>Sound device</source>
        <translation>Audiogerät</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Processor (CPU)</source>
        <translation>Prozessor (CPU)</translation>
    </message>
    <message>
        <source>NVIDIA graphics card (CUDA)</source>
        <translation>NVIDIA-Grafikkarte (CUDA)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Farben</translation>
    </message>
    <message>
        <source>&amp;Compute on</source>
        <translation>&amp;Rechnen mit</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>&amp;Modell</translation>
    </message>
    <message>
        <source>Folder of a model</source>
        <translation>Ordner eines Modells</translation>
    </message>
    <message>
        <source>&amp;Library</source>
        <translation>&amp;Bibliothek</translation>
    </message>
    <message>
        <source>Folder of the library</source>
        <translation>Ordner der Bibliothek</translation>
    </message>
    <message>
        <source>The system's default</source>
        <translation>Wie vom System vorgesehen</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a kind of sound system and its device</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 (not connected)</source>
        <translation>%1 (nicht angeschlossen)</translation>
    </message>
    <message>
        <source>%1 Hz</source>
        <translation>%1 Hz</translation>
    </message>
    <message>
        <source>%1 frames</source>
        <translation>%1 Frames</translation>
    </message>
    <message>
        <source>&amp;Device</source>
        <translation>&amp;Gerät</translation>
    </message>
    <message>
        <source>&amp;Rate</source>
        <translation>&amp;Rate</translation>
    </message>
    <message>
        <source>&amp;Buffer</source>
        <translation>&amp;Puffer</translation>
    </message>
    <message>
        <source>Choose: %1</source>
        <translation>Wählen: %1</translation>
    </message>
    <message>
        <source>L&amp;anguage</source>
        <translation>Spr&amp;ache</translation>
    </message>
    <message>
        <source>Looking for sound devices …</source>
        <translation>Tongeräte werden gesucht …</translation>
    </message>
    <message>
        <source>No playback device was found. Everything but playback works without one.</source>
        <translation>Kein Gerät zum Abspielen gefunden. Alles außer Abspielen geht auch ohne.</translation>
    </message>
    <message>
        <source>&amp;Notify me when clips are done while another program is active</source>
        <translation>Be&amp;nachrichtigen, wenn Clips fertig werden, während ein anderes Programm aktiv ist</translation>
    </message>
    <message>
        <source>Same as the desktop</source>
        <translation>Wie der Desktop</translation>
    </message>
    <message>
        <source>the bundled model</source>
        <translation>das mitgelieferte</translation>
    </message>
    <message>
        <source>While the environment variable N2M_LIBRARY is set, its library is opened.</source>
        <translation>Solange die Umgebungsvariable N2M_LIBRARY gesetzt ist, wird deren Bibliothek geöffnet.</translation>
    </message>
    <message>
        <source>Another language or library takes effect at the next start of the program. The clips of this library stay where they are.</source>
        <translation>Eine andere Sprache oder Bibliothek gilt ab dem nächsten Start des Programms. Die Clips dieser Bibliothek bleiben, wo sie sind.</translation>
    </message>
    <message>
        <source>The clip's rate, if the device supports it</source>
        <translation>Die des Clips, wenn das Gerät sie kann</translation>
    </message>
    <message>
        <source>The device's default</source>
        <translation>Wie vom Gerät vorgesehen</translation>
    </message>
    <message>
        <source>Complete the &amp;words of a prompt while I type</source>
        <translation>&amp;Wörter eines Prompts beim Tippen ergänzen</translation>
    </message>
</context>
<context>
    <name>n2m::ui::PromptPanel</name>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>Negative prompt</source>
        <translation>Negativer Prompt</translation>
    </message>
    <message>
        <source>&amp;Negative prompt</source>
        <translation>&amp;Negativer Prompt</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>Erzeugen</translation>
    </message>
    <message>
        <source>%1 of %2 tokens</source>
        <translation>%1 von %2 Tokens</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>Zuletzt benutzt</translation>
    </message>
    <message>
        <source>Starting points (built in)</source>
        <translation>Beispiele (mitgeliefert)</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>P&amp;rompt</source>
        <translation>&amp;Prompt</translation>
    </message>
    <message>
        <source>Keeps tempo, key and chords of “%1”</source>
        <translation>Behält Tempo, Tonart und Akkorde von „%1“</translation>
    </message>
    <message>
        <source>The queue is paused</source>
        <translation>Warteschlange angehalten</translation>
    </message>
    <message>
        <source>Make a new plan</source>
        <translation>Neu planen</translation>
    </message>
    <message>
        <source>Describe the music: “A slow, sad piano ballad with soft strings”</source>
        <translation>Die Musik beschreiben: „A slow, sad piano ballad with soft strings“</translation>
    </message>
    <message>
        <source>Describe what to avoid (optional)</source>
        <translation>Beschreiben, was nicht vorkommen soll (freiwillig)</translation>
    </message>
    <message>
        <source>Discard the changes to the waiting job</source>
        <translation>Die Änderungen am wartenden Auftrag verwerfen</translation>
    </message>
    <message>
        <source>Prompts: history and saved ones</source>
        <translation>Prompts: Verlauf und gespeicherte</translation>
    </message>
    <message>
        <source>Progress of the clip in progress</source>
        <translation>Fortschritt des entstehenden Clips</translation>
    </message>
    <message>
        <source>Save changes</source>
        <translation>Änderungen speichern</translation>
    </message>
    <message>
        <source>The model reads %1 tokens, which are words or parts of words. It does not read the text that is struck through.</source>
        <translation>Das Modell liest %1 Tokens, das sind Wörter oder Teile davon. Durchgestrichenen Text liest es nicht.</translation>
    </message>
    <message>
        <source>Save this prompt…</source>
        <translation>Diesen Prompt speichern …</translation>
    </message>
    <message>
        <source>Saved prompts</source>
        <translation>Gespeicherte Prompts</translation>
    </message>
    <message>
        <source>Remove a saved prompt</source>
        <translation>Einen gespeicherten Prompt entfernen</translation>
    </message>
    <message>
        <source>Save this prompt</source>
        <translation>Diesen Prompt speichern</translation>
    </message>
    <message>
        <source>Name (an existing prompt of that name is replaced):</source>
        <translation>Name (ein Prompt dieses Namens wird ersetzt):</translation>
    </message>
    <message>
        <source>Plays the score of %1</source>
        <translation>Spielt die Partitur von %1</translation>
    </message>
</context>
<context>
    <name>n2m::ui::QueueDelegate</name>
    <message>
        <source>seed %1</source>
        <translation>Seed %1</translation>
    </message>
</context>
<context>
    <name>n2m::ui::QueueModel</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Done in %1 s</source>
        <translation>Fertig in %1 s</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Failed: %1</source>
        <translation>Fehlgeschlagen: %1</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Interrupted: the program ended while it ran</source>
        <translation>Unterbrochen: das Programm endete, während er lief</translation>
    </message>
    <message>
        <source>Made, but not saved: %1</source>
        <translation>Fertig, aber nicht gespeichert: %1</translation>
    </message>
</context>
<context>
    <name>n2m::ui::QueuePanel</name>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Aufräumen</translation>
    </message>
    <message>
        <source>Cancel all</source>
        <translation>Alle abbrechen</translation>
    </message>
    <message>
        <source>Cancel all but the running one</source>
        <translation>Alle außer dem laufenden abbrechen</translation>
    </message>
    <message>
        <source>Remove finished jobs from the list</source>
        <translation>Erledigte aus der Liste nehmen</translation>
    </message>
    <message>
        <source>Remove from the list</source>
        <translation>Aus der Liste nehmen</translation>
    </message>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n läuft</numerusform>
            <numerusform>%n laufen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n wartet</numerusform>
            <numerusform>%n warten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n interrupted</source>
        <translation>
            <numerusform>%n unterbrochen</numerusform>
            <numerusform>%n unterbrochen</numerusform>
        </translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>Save the clip again</source>
        <translation>Den Clip erneut speichern</translation>
    </message>
    <message>
        <source>about %1 s</source>
        <translation>etwa %1 s</translation>
    </message>
    <message>
        <source>about %1 min</source>
        <translation>etwa %1 min</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Früher</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>Cancel the selected jobs</source>
        <translation>Gewählte Aufträge abbrechen</translation>
    </message>
    <message>
        <source>Retry the selected jobs</source>
        <translation>Gewählte Aufträge wiederholen</translation>
    </message>
    <message>
        <source>Edit the selected job</source>
        <translation>Gewählten Auftrag bearbeiten</translation>
    </message>
    <message>
        <source>The queue is empty. Write a prompt above and press Generate. Jobs that you add while a clip is being made wait here.</source>
        <translation>Die Warteschlange ist leer. Schreiben Sie oben einen Prompt und drücken Sie „Erzeugen“. Aufträge, die dazukommen, während ein Clip entsteht, warten hier.</translation>
    </message>
    <message>
        <source>Move to the front</source>
        <translation>Nach vorn</translation>
    </message>
</context>
<context>
    <name>n2m::ui::RatingStars</name>
    <message>
        <source>Rating</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>%1 of 5</source>
        <translation>%1 von 5</translation>
    </message>
</context>
<context>
    <name>n2m::ui::RepaintBox</name>
    <message>
        <source>Make a whole clip</source>
        <translation>Einen ganzen Clip machen</translation>
    </message>
    <message>
        <source>Keep nothing of that clip: make a whole one</source>
        <translation>Nichts von jenem Clip behalten: einen ganzen machen</translation>
    </message>
    <message>
        <source>Extend</source>
        <translation>Verlängern</translation>
    </message>
    <message>
        <source>Repaint</source>
        <translation>Neu erzeugen</translation>
    </message>
    <message>
        <source>Extends &lt;b&gt;%2&lt;/b&gt; from %1; the part before stays.</source>
        <translation>Verlängert &lt;b&gt;%2&lt;/b&gt; ab %1; der Teil davor bleibt.</translation>
    </message>
    <message>
        <source>Repaints %1 to %2 of &lt;b&gt;%3&lt;/b&gt;; the rest stays.</source>
        <translation>Erzeugt %1 bis %2 von &lt;b&gt;%3&lt;/b&gt; neu; der Rest bleibt.</translation>
    </message>
</context>
<context>
    <name>n2m::ui::SeedField</name>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>random</source>
        <translation>zufällig</translation>
    </message>
    <message>
        <source>The same settings with the same seed give the same clip. Blank or −1: a new one each time.</source>
        <translation>Dieselben Einstellungen mit demselben Seed ergeben denselben Clip. Leer oder −1: jedes Mal ein neuer.</translation>
    </message>
    <message>
        <source>New random seed</source>
        <translation>Neuer zufälliger Seed</translation>
    </message>
    <message>
        <source>A new random seed</source>
        <translation>Ein neuer zufälliger Seed</translation>
    </message>
    <message>
        <source>Last seed</source>
        <translation>Letzter Seed</translation>
    </message>
    <message>
        <source>The seed of the last clip</source>
        <translation>Der Seed des letzten Clips</translation>
    </message>
    <message>
        <source>The seed of the last clip: %1</source>
        <translation>Der Seed des letzten Clips: %1</translation>
    </message>
</context>
<context>
    <name>n2m::ui::SelectionGrip</name>
    <message>
        <source>Copy the selection as a sound file</source>
        <translation>Die Auswahl als Klangdatei kopieren</translation>
    </message>
    <message>
        <source>Drag the selection into another program or a folder; with Ctrl, drag it from anywhere inside.
A click copies it. The file is kept in the library's folder “excerpts”.</source>
        <translation>Die Auswahl in ein anderes Programm oder einen Ordner ziehen; mit Strg von überall in ihr.
Ein Klick kopiert sie. Die Datei bleibt im Ordner „excerpts“ der Bibliothek.</translation>
    </message>
</context>
<context>
    <name>n2m::ui::ShortcutsDialog</name>
    <message>
        <source>&amp;Set</source>
        <translation>&amp;Setzen</translation>
    </message>
    <message>
        <source>&amp;No key</source>
        <translation>&amp;Keine Taste</translation>
    </message>
    <message>
        <source>&amp;Default</source>
        <translation>&amp;Vorgabe</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Search: an action or a key</source>
        <translation>Suche: eine Aktion oder eine Taste</translation>
    </message>
    <message>
        <source>Search the shortcuts</source>
        <translation>In den Tastenkürzeln suchen</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>New key of the chosen action</source>
        <translation>Neue Taste der gewählten Aktion</translation>
    </message>
    <message>
        <source>New &amp;key:</source>
        <translation>Neue &amp;Taste:</translation>
    </message>
    <message>
        <source>%1 is taken by “%2”. Give that another key first.</source>
        <translation>%1 gehört schon zu „%2“. Gib dem zuerst eine andere Taste.</translation>
    </message>
    <message>
        <source>Its default key is taken by “%1”.</source>
        <translation>Die Vorgabe gehört schon zu „%1“.</translation>
    </message>
</context>
<context>
    <name>n2m::ui::StageBox</name>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>More steps take longer and may sound cleaner.</source>
        <translation>Mehr Schritte dauern länger und klingen vielleicht sauberer.</translation>
    </message>
    <message>
        <source>Sampler</source>
        <translation>Sampler</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>Zeitplan</translation>
    </message>
    <message>
        <source>Guidance scale</source>
        <translation>Guidance scale</translation>
    </message>
    <message>
        <source>Plan guidance</source>
        <translation>Plan guidance</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>How much noise is turned into music: less is smoother, more is livelier.</source>
        <translation>Wie viel Rauschen zu Musik wird: weniger klingt glatter, mehr lebendiger.</translation>
    </message>
    <message>
        <source>Gamma</source>
        <translation>Gamma</translation>
    </message>
    <message>
        <source>How much new noise the ancestral sampler adds, 0 to 1.</source>
        <translation>Wie viel neues Rauschen der Sampler „ancestral“ zusetzt, 0 bis 1.</translation>
    </message>
    <message>
        <source>%1 (default)</source>
        <translation>%1 (Vorgabe)</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>a setting and its stage</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>The method that removes the noise.</source>
        <translation>Das Verfahren, mit dem das Rauschen entfernt wird.</translation>
    </message>
    <message>
        <source>How the steps are spread between noise and music.</source>
        <translation>Wie sich die Schritte zwischen Rauschen und Musik verteilen.</translation>
    </message>
    <message>
        <source>How strongly the prompt guides the music; 1 = no guidance.</source>
        <translation>Wie stark der Prompt die Musik lenkt; 1 = gar nicht.</translation>
    </message>
    <message>
        <source>How strongly tempo, key and chords guide the music; 1 = no guidance.</source>
        <translation>Wie stark Tempo, Tonart und Akkorde die Musik lenken; 1 = gar nicht.</translation>
    </message>
</context>
<context>
    <name>n2m::ui::TagsDialog</name>
    <message>
        <source>Tags of the clip</source>
        <translation>Schlagwörter des Clips</translation>
    </message>
    <message>
        <source>Tags of %1 clips</source>
        <translation>Schlagwörter von %1 Clips</translation>
    </message>
    <message>
        <source>slow, for the film, …</source>
        <translation>langsam, für den Film, …</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>&amp;Hinzufügen</translation>
    </message>
    <message>
        <source>&amp;New tag</source>
        <translation>&amp;Neues Schlagwort</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
</context>
<context>
    <name>n2m::ui::TaskStrip</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>%1: %2 of %3</source>
        <comment>a task and its files</comment>
        <translation>%1: %2 von %3</translation>
    </message>
    <message>
        <source>%1 …</source>
        <comment>a task</comment>
        <translation>%1 …</translation>
    </message>
    <message>
        <source>Stop after the current file; finished files stay</source>
        <translation>Nach der jetzigen Datei anhalten; fertige Dateien bleiben</translation>
    </message>
    <message>
        <source>Stopping after the current file …</source>
        <translation>Hält nach der jetzigen Datei an …</translation>
    </message>
</context>
</TS>

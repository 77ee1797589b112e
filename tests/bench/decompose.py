# Every twentieth document of a JSON Lines file with its letters and marks apart (NFD).
import sys
import unicodedata

with open(sys.argv[1], encoding="utf-8") as given, open(sys.argv[2], "w", encoding="utf-8") as out:
    for n, line in enumerate(given):
        out.write(unicodedata.normalize("NFD", line) if n % 20 == 0 else line)

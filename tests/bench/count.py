# Python's own way to count the ladder: one alternation, longest first, over normalised text.
import re
import sys
import unicodedata

PHRASES = [
    "tham dự", "tham gia", "tích cực tham gia", "chủ động tham gia", "chủ động, tích cực tham gia",
    "hòa giải", "nòng cốt", "dẫn dắt", "định hình", "thành viên có trách nhiệm",
]

text = unicodedata.normalize("NFC", open(sys.argv[1], encoding="utf-8").read()).lower()
text = text.replace("hoà", "hòa")
longest_first = sorted(PHRASES, key=len, reverse=True)
pattern = re.compile(r"(?<!\w)(?:%s)(?!\w)" % "|".join(map(re.escape, longest_first)))
counts = dict.fromkeys(PHRASES, 0)
for match in pattern.finditer(text):
    counts[match.group()] += 1
print(sum(counts.values()))

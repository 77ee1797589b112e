#!/usr/bin/env vankien
-- How did the wording of Viet Nam's multilateral stance move from "tham dự" (attend) to
-- "chủ động tham gia" (take part on one's own initiative) and on to "nòng cốt, dẫn dắt,
-- định hình" (core, leading, shaping), from Party congress to Party congress?
--
-- With full texts in the store the answer is counted by congress.  Without them it is read off
-- the store's short dated quotations, which show what was attested and not how often.
--
--   vankien run examples/participation_shift.lua [FILTER]
--
-- FILTER keeps some documents, as in documents:where: "genre = 'foreign-policy section'".

local filter = arg[1]
local with_text = store:sql("SELECT count(*) AS n FROM texts")[1].n

if with_text == 0 then
  print "No full texts in this store: the answer from its quotations.\n"
  print(attested())
else
  local over = filter and documents:where(filter) or documents
  print(("%d documents with their text: the answer from counts.\n"):format(with_text))
  print(shift(nil, { by = "congress", over = over }))
end

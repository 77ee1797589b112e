-- Okapi BM25, the variant whose weights are never negative (as Lucene has it since version 6).

local bm25 = {}

--- The two parameters, as usual since TREC-3: how fast repeats saturate, how much length counts.
bm25.k1, bm25.b = 1.2, 0.75

--- What the variant is called beside a result.
bm25.variant = "BM25 (k1 = 1.2, b = 0.75, idf = ln(1 + (N − n + 0.5)/(n + 0.5)))"

--- Inverse document frequency of a term.
--- Shape: number of passages, number of those with the term -> number, above 0.
--- Units: natural logarithm.
--- Errors: none checked.
--- Source: Robertson & Zaragoza 2009, section 3; the 1 + of Lucene's BM25Similarity.
---@param total integer
---@param with integer
function bm25.idf(total, with)
  return math.log(1 + (total - with + 0.5) / (with + 0.5))
end

--- The weight of one term in one passage.
--- Shape: occurrences, idf, length of the passage, mean length -> number, 0 or more.
--- Units: those of idf.
--- Errors: none checked.
--- Source: Robertson & Zaragoza 2009, equation 3.15.
---@param n integer
---@param idf number
---@param length number
---@param mean number
function bm25.weight(n, idf, length, mean)
  return idf * n * (bm25.k1 + 1) / (n + bm25.k1 * (1 - bm25.b + bm25.b * length / mean))
end

return bm25

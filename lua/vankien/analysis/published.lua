-- Published numbers and the call that must give them: `vankien selftest` recomputes each.
-- An expected value is a string: the digits printed by the source set the tolerance (one unit of
-- the last place, since sources cut as often as they round). [C] marks values computed by
-- the stated formula from published data.

local published = {}

local RAYSON = "Rayson, log-likelihood calculator and Corpora list 2002"
local EVERT = "Evert, definitions of the corpora package [C]"
local MANNING = "Manning & Schütze 1999, chapter 5"
local DUNNING = "Dunning 1993, table 1"
local LEVSHINA = "Levshina 2015, GO + ADJ"
local BROWN = "Evert, Brown bigrams: of course [C]"
local GRIES08 = "Gries 2008, example of 50 tokens"
local GRIES20 = "Gries 2020, parts of 9 to 11 tokens"
local NEWCOMBE = "Newcombe 1998, Statistics in Medicine 17"
local KENDALL = "Kendall 1976, example 4.3"
local PAGE = "Pettitt 1979, data of Page"
local EXACT = "exact distribution of S without ties, Kendall 1976"
local VNC = "Gries & Hilpert 2008"
local CARROLL = "Carroll 1970, pp. 13 and 14"
local ENGWALL = "Engwall 1974, p. 122"
local ROSENGREN = "Rosengren 1971, p. 117"
local HOFLAND = "Hofland & Johansson 1982, p. 471"
local BOUMA = "Bouma 2009, p. 36"
local LITTLE = "Little, Holy Cross, Mann–Kendall by hand"
local QUANTEDA = "quanteda, documentation of textstat_lexdiv"

local FOUR = {cells = 4}
local PARTS, EQUAL, UNEQUAL = {1, 2, 3, 4, 5}, {10, 10, 10, 10, 10}, {9, 10, 10, 10, 11}
local PLACES = {2, 12, 14, 23, 25, 30, 32, 35, 38, 39, 42, 44, 45, 48, 50}
local OF_COURSE = {324, 33958, 452, 909768}
local COMPANIES = {8, 15828, 4675, 14307668}
local RANK_X = {1.5, 1.5, 3, 4, 6, 6, 6, 8, 9.5, 9.5, 11, 12}
local RANK_Y = {2.5, 2.5, 7, 4.5, 1, 4.5, 6, 11.5, 11.5, 8.5, 8.5, 10}
local TUNA = {44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1}
local PANEL = {2.6, 3.1, 2.5, 5.0, 3.6, 4.0, 5.2, 2.8, 3.8}
local SERIES = {
  -1.05, .96, 1.22, .58, -.98, -.03, -1.54, -.71, -.35, .66, .44, .91, -.02, -1.42, 1.26, -1.02,
  -.81, 1.66, 1.05, .97, 2.14, 1.22, -.24, 1.6, .72, -.12, .44, .03, .66, .56, 1.37, 1.66, .1, .8,
  1.29, .49, -.07, 1.18, 3.29, 1.84}
local TIMES = {
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27,
  28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40}
local DECADES = {
  .002341526538, .001782993868, .005519758738, .02194693967, .09799492388, .1985120172, .1650861170,
  .2183691963, .1861058091, .2592803307}
local BY_HAND = {
  12.9, 14.8, 13.2, 15.7, 13.8, 15.6, 12.9, 11.0, 17.3, 15.9, 19.0, 18.3, 20.1, 21.7}
local ONES = {"one", "one", "two", "one", "one", "two", "one"}
local SHRIMP = {
  "anyway", "like", "i", "was", "sayin", "shrimp", "is", "the", "fruit", "of", "the", "sea", "you",
  "can", "barbecue", "it", "boil", "it", "broil", "it", "bake", "it", "saute", "it"}

-- name, function, arguments, expected, source, field (of the first value when it is a table, else
-- of the second; "second" is the second value itself).
local ROWS = {
  {"K1 G², 2 cells", "keyness.g2", {52, 57, 50000, 75000}, "2.651710", RAYSON},
  {"K1 G², 4 cells", "keyness.g2", {52, 57, 50000, 75000, FOUR}, "2.654064", EVERT},
  {"K1 Log Ratio", "keyness.log_ratio", {52, 57, 50000, 75000}, "0.452512", EVERT},
  {"K1 Log Ratio, low", "keyness.log_ratio", {52, 57, 50000, 75000}, "-0.0895", EVERT, "low"},
  {"K1 Log Ratio, high", "keyness.log_ratio", {52, 57, 50000, 75000}, "0.9945", EVERT, "high"},
  {"K1 %DIFF", "keyness.percent_diff", {52, 57, 50000, 75000}, "36.842105", EVERT},
  {"K1 χ² without Yates", "keyness.chi2", {52, 57, 50000, 75000}, "2.699602", EVERT},
  {"K2 G², 348 v 99", "keyness.g2", {348, 99, 1000000, 1000000}, "146.952852", RAYSON},
  {"K2 G², 9 v 32", "keyness.g2", {9, 32, 1000000, 1000000}, "13.682300", RAYSON},
  {"K2 G², 392 v 170", "keyness.g2", {392, 170, 1000000, 1000000}, "90.130103", RAYSON},
  {"K2 G², 15 v 14", "keyness.g2", {15, 14, 1000000, 1000000}, "0.034490", RAYSON},
  {"K2 G², 21 v 25", "keyness.g2", {21, 25, 1000000, 1000000}, "0.348266", RAYSON},
  {"K2 G², 348 v 99, 4 cells", "keyness.g2", {348, 99, 1000000, 1000000, FOUR},
    "146.983860", RAYSON},
  {"K3 G², mineral water", "keyness.g2_table", {10, 0, 3, 31764}, "167.229804", DUNNING},
  {"K3 G², the swiss", "keyness.g2_table", {110, 2442, 111, 29114}, "270.72", DUNNING},
  {"K3 G², can be", "keyness.g2_table", {29, 13, 123, 31612}, "263.90", DUNNING},
  {"K3 G², previous year", "keyness.g2_table", {31, 23, 139, 31584}, "256.84", DUNNING},
  {"K3 G², at the", "keyness.g2_table", {76, 104, 2476, 29121}, "157.21", DUNNING},
  {"K5 χ² with Yates", "keyness.chi2_table", {1, 3, 3, 1, {yates = true}}, "0.5", "Pedersen 1996"},
  {"K5 its p", "keyness.chi2_table", {1, 3, 3, 1, {yates = true}}, "0.48", "Pedersen 1996", "p"},
  {"K5 Fisher, two-sided", "keyness.fisher", {1, 3, 3, 1}, "0.486", "Pedersen 1996", "two_sided"},
  {"K5 Fisher, left", "keyness.fisher", {1, 3, 3, 1}, "0.243", "Pedersen 1996", "left"},
  {"K5 Fisher, right", "keyness.fisher", {1, 3, 3, 1}, "0.986", "Pedersen 1996", "right"},
  {"Fisher, convictions of twins", "keyness.fisher", {2, 15, 10, 3}, "0.0005367",
    "R, documentation of fisher.test", "two_sided"},
  {"Fisher, convictions, less", "keyness.fisher", {2, 15, 10, 3}, "0.0004652",
    "R, documentation of fisher.test", "left"},
  {"K6 %DIFF", "keyness.percent_diff", {206523, 178174, 959641, 1562358}, "88.710409",
    "Gabrielatos & Marchi 2011"},
  {"K10 Log Ratio, equal rates", "keyness.log_ratio", {5, 5, 100, 100}, "0", "Hardie 2014"},
  {"K10 Log Ratio, 0 v 1", "keyness.log_ratio", {0, 1, 100, 100}, "-inf", "Hardie 2014"},
  {"K10 Log Ratio, 1 v 0", "keyness.log_ratio", {1, 0, 100, 100}, "inf", "Hardie 2014"},
  {"K11 G², 4 cells", "keyness.g2", {7, 2, 1000, 1000, FOUR}, "2.954494", EVERT},
  {"K11 G², 2 cells", "keyness.g2", {7, 2, 1000, 1000}, "2.941938", EVERT},
  {"K11 Log Ratio, Walter", "keyness.log_ratio", {7, 2, 1000, 1000, {zero = "walter"}},
    "1.584963", EVERT},
  {"K11 Log Ratio", "keyness.log_ratio", {7, 2, 1000, 1000}, "1.807355", EVERT},
  {"K11 LRC", "keyness.lrc", {7, 2, 1000, 1000}, "0", EVERT},
  {"K11 simple maths, k = 1", "keyness.simple_maths", {7, 2, 1000, 1000}, "3.498751", EVERT},
  {"K14 G², 2 cells", "keyness.g2", {7911, 5465, 1070602, 324304}, "2039.123216", EVERT},
  {"K14 G², 4 cells", "keyness.g2", {7911, 5465, 1070602, 324304, FOUR}, "2061.662708", EVERT},
  {"K14 Log Ratio", "keyness.log_ratio", {7911, 5465, 1070602, 324304}, "-1.189365", EVERT},
  {"χ², a pair that never parts", "keyness.chi2_table", {3, 0, 0, 31774}, "31777",
    "Dunning 1993, p. 73"},
  {"χ² with Yates, feature c", "keyness.chi2", {6, 2, 17, 12, {yates = true}}, "0.467298378",
    "quanteda, documentation of keyness_chi2_stats"},
  {"χ² with Yates, feature d", "keyness.chi2", {1, 4, 17, 12, {yates = true}}, "2.040247141",
    "quanteda, documentation of keyness_chi2_stats"},
  {"Difference coefficient, 18 v 35", "keyness.difference_coefficient", {18, 35, 1000000, 1000000},
    "-0.32", HOFLAND},
  {"Simple maths, 35 v 263", "keyness.simple_maths", {35, 263, 112289776, 1559716979}, "1.1224",
    "Kilgarriff 2009"},
  {"Odds ratio, 16217 v 735", "keyness.odds_ratio", {16217, 735, 2796938, 2087946}, "16.6",
    "Pojanapunya & Watson Todd 2016, p. 154"},
  {"Odds ratio, aspirin", "keyness.odds_ratio", {189, 104, 11034, 11037}, "1.832",
    "Agresti 2013, 3.1"},
  {"Odds ratio, low", "keyness.odds_ratio", {189, 104, 11034, 11037}, "1.440", "Agresti 2013, 3.1",
    "low"},
  {"Odds ratio, high", "keyness.odds_ratio", {189, 104, 11034, 11037}, "2.331",
    "Agresti 2013, 3.1", "high"},

  {"A1 MI", "association.mi", {8, 1105, 44, 15000000}, "11.269197", "Church & Hanks 1990"},
  {"A2 t", "association.t_score", COMPANIES, "0.999932", MANNING},
  {"A2 MI", "association.mi", COMPANIES, "0.629343", MANNING .. " [C]"},
  {"A2 z", "association.z_score", COMPANIES, "1.243644", MANNING .. " [C]"},
  {"A2 G²", "association.g2", COMPANIES, "1.325389", MANNING .. " [C]"},
  {"A2 χ²", "association.chi2", COMPANIES, "1.548869", MANNING .. " [C]"},
  {"A2 logDice", "association.log_dice", COMPANIES, "3.676453", MANNING .. " [C]"},
  {"A2 E", "association.mi", COMPANIES, "5.171765", MANNING .. " [C]", "expected"},
  {"t, unsalted butter", "association.t_score", {20, 24, 320, 14307668}, "4.4720", MANNING},
  {"t, first made", "association.t_score", {20, 14907, 9017, 14307668}, "2.3714", MANNING},
  {"MI, Ayatollah Ruhollah", "association.mi", {20, 42, 20, 14307668}, "18.38", MANNING},
  {"MI, Agatha Christie", "association.mi", {20, 30, 117, 14307668}, "16.31", MANNING},
  {"MI, unsalted butter", "association.mi", {20, 24, 320, 14307668}, "15.19", MANNING},
  {"A3 ΔP, first", "association.delta_p", {5610, 7867, 174548, 10409868}, "0.697", "Gries 2013"},
  {"A3 ΔP, second", "association.delta_p", {5610, 7867, 174548, 10409868}, "0.032", "Gries 2013",
    "second"},
  {"A7 logDice at its top", "association.log_dice", {9, 9, 9, 1000}, "14", "Rychlý 2008"},
  {"A10 G², crazy", "association.g2", {1821, 24804, 28636, 464020256}, "22406.529538", LEVSHINA},
  {"A10 G², wrong", "association.g2", {884, 77845, 28636, 464020256}, "7498.978088", LEVSHINA},
  {"A10 G², haywire", "association.g2", {226, 297, 28636, 464020256}, "4056.346901", LEVSHINA},
  {"A10 G², blank", "association.g2", {326, 8478, 28636, 464020256}, "3560.834797", LEVSHINA},
  {"A10 G², sick", "association.g2", {5, 24764, 28636, 464020256}, "4.910525", LEVSHINA},
  {"A11 E", "association.mi", OF_COURSE, "16.871352", BROWN, "expected"},
  {"A11 MI", "association.mi", OF_COURSE, "4.263346", BROWN},
  {"A11 t", "association.t_score", OF_COURSE, "17.062703", BROWN},
  {"A11 z", "association.z_score", OF_COURSE, "74.773100", BROWN},
  {"A11 G²", "association.g2", OF_COURSE, "1604.572762", BROWN},
  {"A11 χ²", "association.chi2", OF_COURSE, "5810.685312", BROWN},
  {"A11 χ² with Yates", "association.chi2", {324, 33958, 452, 909768, {yates = true}},
    "5791.781326", BROWN},
  {"A11 logDice", "association.log_dice", OF_COURSE, "8.269310", BROWN},
  {"A11 ΔP(2|1)", "association.delta_p", OF_COURSE, "0.009395", BROWN},
  {"A11 log odds ratio", "association.log_odds", OF_COURSE, "4.185808", BROWN},
  {"λ equals the log odds ratio", "association.lambda_z", OF_COURSE, "4.185808", BROWN},

  {"NPMI of words that never part", "association.npmi", {10, 10, 10, 100}, "1", BOUMA},
  {"NPMI of independent words", "association.npmi", {1, 10, 10, 100}, "0", BOUMA},
  {"NPMI of words that never meet", "association.npmi", {0, 10, 10, 90}, "-1", BOUMA},
  {"Dice, 130 of 3121 and 143", "association.dice", {130, 3121, 143, 1000000}, "0.08",
    "Smadja et al. 1996, p. 13"},
  {"Minimum sensitivity", "association.min_sensitivity", {17, 257, 1018, 1300000}, "0.016699",
    "Pedersen & Bruce 1996, p. 12"},
  {"λ, good ice", "association.lambda_z", {2, 2, 2, 9}, "4.317488",
    "quanteda.textstats, collocations #940"},
  {"z of λ, good ice", "association.lambda_z", {2, 2, 2, 9}, "2.027787",
    "quanteda.textstats, collocations #940", "second"},

  {"Carroll's D2", "dispersion.carroll_d2", {{2, 1, 1, 1, 0}, EQUAL}, "0.8277", CARROLL},
  {"Juilland's D of 0, 4, 3, 2, 1", "dispersion.juilland_d", {{0, 4, 3, 2, 1}, EQUAL}, "0.6464",
    CARROLL},
  {"Juilland's U of 0, 4, 3, 2, 1", "dispersion.juilland_u", {{0, 4, 3, 2, 1}, EQUAL}, "6.46",
    CARROLL},
  {"Juilland's U of 4, 2, 1, 1, 0", "dispersion.juilland_u", {{4, 2, 1, 1, 0}, EQUAL}, "4.609",
    ENGWALL},
  {"Engwall's measure", "dispersion.engwall", {{4, 2, 1, 1, 0}}, "6.4", ENGWALL},
  {"Rosengren's KF of 4, 2, 1, 1, 0", "dispersion.rosengren_s", {{4, 2, 1, 1, 0}, EQUAL}, "5.863",
    ENGWALL, "adjusted_frequency"},
  {"Rosengren's KF of 2, 2, 2, 2, 1", "dispersion.rosengren_s", {{2, 2, 2, 2, 1}, EQUAL}, "8.86",
    ROSENGREN, "adjusted_frequency"},
  {"Rosengren's KF of 1 to 5", "dispersion.rosengren_s", {PARTS, EQUAL}, "14.053", GRIES08,
    "adjusted_frequency"},
  {"Kromer's U_R of 2, 1, 1, 1, 0", "dispersion.kromer_ur", {{2, 1, 1, 1, 0}}, "4.5", GRIES08},
  {"f_AWT", "dispersion.awt", {PLACES, 50}, "9.328", GRIES08, "adjusted_frequency"},
  {"ALD", "dispersion.ald", {PLACES, 50}, "0.628", GRIES08},
  {"f_ALD", "dispersion.ald", {PLACES, 50}, "11.764", GRIES08, "adjusted_frequency"},
  {"DPnorm of 2, 1, 0", "dispersion.dp_norm", {{2, 1, 0}, {10, 10, 10}}, "0.5",
    "Lijffijt & Gries 2012, p. 148"},
  {"Juilland's D, population sd", "dispersion.juilland_d", {PARTS, EQUAL},
    "0.764298", GRIES08 .. " [C]"},
  {"Juilland's D, sample sd", "dispersion.juilland_d", {PARTS, EQUAL, {sd = "sample"}}, "0.736477",
    GRIES08 .. " [C]"},
  {"DP", "dispersion.dp", {PARTS, EQUAL}, "0.2", GRIES08 .. " [C]"},
  {"DPnorm", "dispersion.dp_norm", {PARTS, EQUAL}, "0.25", GRIES08 .. " [C]"},
  {"ARF", "dispersion.arf", {PLACES, 50}, "10.8", GRIES08},
  {"AWT", "dispersion.awt", {PLACES, 50}, "3.18", GRIES08},
  {"Rosengren's S", "dispersion.rosengren_s", {PARTS, EQUAL}, "0.937", GRIES08},
  {"Range", "dispersion.range", {PARTS}, "5", GRIES08},
  {"Juilland's D, unequal", "dispersion.juilland_d", {PARTS, UNEQUAL}, "0.785150", GRIES20},
  {"DP, unequal", "dispersion.dp", {PARTS, UNEQUAL}, "0.18", GRIES20},
  {"DPnorm, unequal", "dispersion.dp_norm", {PARTS, UNEQUAL}, "0.219512", GRIES20},
  {"KL divergence", "dispersion.kl_divergence", {PARTS, UNEQUAL}, "0.136972", GRIES20},
  {"Rosengren's S, unequal", "dispersion.rosengren_s", {PARTS, UNEQUAL}, "0.949816", GRIES20},
  {"Range, unequal", "dispersion.range", {PARTS}, "5", GRIES20},

  {"Wilson 81/263, low", "interval.wilson", {81, 263}, "0.255289", NEWCOMBE, "low"},
  {"Wilson 81/263, high", "interval.wilson", {81, 263}, "0.366210", NEWCOMBE, "high"},
  {"Wilson 15/148, low", "interval.wilson", {15, 148}, "0.062386", NEWCOMBE, "low"},
  {"Wilson 15/148, high", "interval.wilson", {15, 148}, "0.160487", NEWCOMBE, "high"},
  {"Wilson 0/20, low", "interval.wilson", {0, 20}, "0", NEWCOMBE, "low"},
  {"Wilson 0/20, high", "interval.wilson", {0, 20}, "0.161125", NEWCOMBE, "high"},
  {"Wilson 81/263, continuity, low", "interval.wilson", {81, 263, {continuity = true}}, "0.2535",
    NEWCOMBE, "low"},
  {"Wilson 1/29, continuity, high", "interval.wilson", {1, 29, {continuity = true}}, "0.1963",
    NEWCOMBE, "high"},
  {"Clopper–Pearson 81/263, low", "interval.clopper_pearson", {81, 263}, "0.252737", NEWCOMBE,
    "low"},
  {"Clopper–Pearson 81/263, high", "interval.clopper_pearson", {81, 263}, "0.367622", NEWCOMBE,
    "high"},
  {"Clopper–Pearson 15/148, low", "interval.clopper_pearson", {15, 148}, "0.057844", NEWCOMBE,
    "low"},
  {"Clopper–Pearson 15/148, high", "interval.clopper_pearson", {15, 148}, "0.161650", NEWCOMBE,
    "high"},
  {"Clopper–Pearson 0/20, low", "interval.clopper_pearson", {0, 20}, "0", NEWCOMBE, "low"},
  {"Clopper–Pearson 0/20, high", "interval.clopper_pearson", {0, 20}, "0.168433", NEWCOMBE, "high"},
  {"Difference 56/70 − 48/80, low", "interval.newcombe", {56, 70, 48, 80}, "0.0524", NEWCOMBE,
    "low"},
  {"Difference 56/70 − 48/80, high", "interval.newcombe", {56, 70, 48, 80}, "0.3339", NEWCOMBE,
    "high"},
  {"Difference 9/10 − 3/10, low", "interval.newcombe", {9, 10, 3, 10}, "0.1705", NEWCOMBE, "low"},
  {"Difference 9/10 − 3/10, high", "interval.newcombe", {9, 10, 3, 10}, "0.8090", NEWCOMBE, "high"},
  {"Poisson 137 in 24.19893, low", "interval.poisson", {137, 24.19893}, "4.753125",
    "R, documentation of poisson.test", "low"},
  {"Poisson 137 in 24.19893, high", "interval.poisson", {137, 24.19893}, "6.692709",
    "R, documentation of poisson.test", "high"},

  {"Kendall's S", "trend.kendall", {RANK_X, RANK_Y}, "34", KENDALL, "s"},
  {"var S with ties", "trend.kendall", {RANK_X, RANK_Y}, "203.303030", KENDALL, "var_s"},
  {"τ_b", "trend.kendall", {RANK_X, RANK_Y}, "0.552864", KENDALL, "tau_b"},
  {"τ, tuna", "trend.kendall", {TUNA, PANEL}, "0.4444", "Hollander & Wolfe 1973, p. 185", "tau_a"},
  {"exact p, tuna", "trend.kendall", {TUNA, PANEL}, "0.1194", "Hollander & Wolfe 1973, p. 185",
    "p"},
  {"Mann–Kendall S", "trend.mann_kendall", {SERIES}, "232", PAGE, "s"},
  {"Mann–Kendall var S", "trend.mann_kendall", {SERIES}, "7362.666667", PAGE, "var_s"},
  {"Mann–Kendall z", "trend.mann_kendall", {SERIES}, "2.692120", PAGE, "z"},
  {"Mann–Kendall p", "trend.mann_kendall", {SERIES}, "0.007100", PAGE, "p"},
  {"Mann–Kendall S, 14 values with a tie", "trend.mann_kendall", {BY_HAND}, "54", LITTLE, "s"},
  {"Mann–Kendall z, 14 values with a tie", "trend.mann_kendall", {BY_HAND}, "2.9058", LITTLE, "z"},
  {"Sen slope", "trend.theil_sen", {TIMES, SERIES}, "0.038571", PAGE, "slope"},
  {"Pettitt, after", "trend.pettitt", {SERIES}, "17", PAGE, "after"},
  {"Pettitt K", "trend.pettitt", {SERIES}, "232", PAGE, "k"},
  {"Pettitt p", "trend.pettitt", {SERIES}, "0.014556", PAGE, "p"},
  {"smallest p, 4 periods", "trend.power", {4}, "0.083333", EXACT},
  {"smallest p, 5 periods", "trend.power", {5}, "0.016667", EXACT},
  {"smallest p, 6 periods", "trend.power", {6}, "0.002778", EXACT},
  {"p of |S| 13, 6 periods", "trend.power", {6}, "0.016667", EXACT, "critical_p"},
  {"smallest p, 7 periods", "trend.power", {7}, "0.000397", EXACT},
  {"p of |S| 15, 7 periods", "trend.power", {7}, "0.030159", EXACT, "critical_p"},
  {"smallest p, 9 periods", "trend.power", {9}, "5.5115e-06", EXACT},
  {"critical S, 9 periods", "trend.power", {9}, "20", EXACT, "critical_s"},
  {"p of |S| 20, 9 periods", "trend.power", {9}, "0.044615", EXACT, "critical_p"},
  {"smallest p, 14 periods", "trend.power", {14}, "2.2941e-11", EXACT},
  {"critical S, 14 periods", "trend.power", {14}, "37", EXACT, "critical_s"},
  {"p of |S| 37, 14 periods", "trend.power", {14}, "0.047176", EXACT, "critical_p"},
  {"Cochran–Armitage, dose", "trend.cochran_armitage", {{0, 1, 0, 3}, {10, 10, 10, 10}}, "1.8856",
    "DescTools, documentation of CochranArmitageTest", "z"},
  {"Cochran–Armitage, dose, one-sided", "trend.cochran_armitage", {{0, 1, 0, 3}, {10, 10, 10, 10}},
    "0.02967", "DescTools, documentation of CochranArmitageTest", "p_greater"},
  {"Cochran–Armitage, smokers", "trend.cochran_armitage", {{83, 90, 129, 70}, {86, 93, 136, 82}},
    "0.004132", "R, documentation of prop.trend.test", "p"},
  {"VNC 1900 + 1910", "trend.vnc", {DECADES}, "0.000394942238", VNC, "merges.1.distance"},
  {"VNC + 1920", "trend.vnc", {DECADES}, "0.002015627708", VNC, "merges.2.distance"},
  {"VNC + 1930", "trend.vnc", {DECADES}, "0.0095095817", VNC, "merges.3.distance"},
  {"VNC 1970 + 1980", "trend.vnc", {DECADES}, "0.0228136599", VNC, "merges.4.distance"},
  {"VNC 1950 + 1960", "trend.vnc", {DECADES}, "0.0236356807", VNC, "merges.5.distance"},
  {"VNC 1950 to 1980", "trend.vnc", {DECADES}, "0.0223371001", VNC, "merges.6.distance"},
  {"VNC + 1990", "trend.vnc", {DECADES}, "0.0357637539", VNC, "merges.7.distance"},
  {"VNC 1900 to 1940", "trend.vnc", {DECADES}, "0.0411256889", VNC, "merges.8.distance"},
  {"VNC, all", "trend.vnc", {DECADES}, "0.1013684648", VNC, "merges.9.distance"},

  {"TTR", "lexdiv.ttr", {SHRIMP}, "0.7916667", QUANTEDA},
  {"CTTR", "lexdiv.cttr", {SHRIMP}, "2.742414", QUANTEDA},
  {"MATTR, window 2", "lexdiv.mattr", {ONES, {window = 2}}, "0.8333333",
    "quanteda.textstats, MATTR tests [C]"},
  {"MATTR, window 4", "lexdiv.mattr", {ONES, {window = 4}}, "0.5",
    "quanteda.textstats, MATTR tests [C]"},
  {"Herdan's C, seven tokens", "lexdiv.herdan_c", {ONES}, "0.356", "quanteda.textstats #706"},
  {"Yule's K", "lexdiv.yule_k", {SHRIMP}, "381.9444", QUANTEDA},
}

local function walk(value, path)
  for key in path:gmatch("[^.]+") do
    if type(value) ~= "table" then return nil end
    value = value[math.tointeger(tonumber(key)) or key]
  end
  return value
end

local function value_of(row)
  local name, measure = row[2]:match("^([%w_]+)%.([%w_]+)$")
  local module = require("vankien.analysis." .. name)
  local first, second = module[measure](table.unpack(row[3]))
  if not row[6] then return first end
  if row[6] == "second" then return second end
  return walk(type(first) == "table" and first or second, row[6])
end

-- One unit of the last printed digit.
local function tolerance_of(printed)
  local digits, power = printed:match("^%-?%d+%.?(%d*)e?([-+]?%d*)$")
  if not digits then return 0 end
  return 1.0000001 * 10.0 ^ ((tonumber(power) or 0) - #digits)
end

local function number_of(printed)
  if printed == "inf" then return math.huge end
  if printed == "-inf" then return -math.huge end
  return tonumber(printed)
end

--- Recompute every published number.
--- Shape: nothing -> list of rows: name, call, value, expected, printed, difference, tolerance,
---   source, ok.
--- Units: each row's own.
--- Errors: none; a measure that fails would raise.
--- Source: each row's own.
function published.run()
  local rows = {}
  for i, row in ipairs(ROWS) do
    local value, expected = value_of(row), number_of(row[4])
    local tolerance = tolerance_of(row[4])
    local difference = value == expected and 0.0 or value and value - expected
    rows[i] = {
      name = row[1], call = row[2], value = value, expected = expected, printed = row[4],
      difference = difference, tolerance = tolerance, source = row[5],
      ok = difference ~= nil and math.abs(difference) <= tolerance,
    }
  end
  return rows
end

return published

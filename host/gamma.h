/*
** The gamma function, the incomplete one, and their quantiles: what exact intervals and
** tests spend their time in.  The rest of the special functions stands in Lua
** (analysis/special.lua).  Arguments are not checked: a above 0, x 0 or more.
*/

#ifndef vk_gamma_h
#define vk_gamma_h

/* log Gamma(x). */
double vk_gamma_log (double x);

/* log(x!) minus Stirling's formula. */
double vk_gamma_stirling_error (double x);

/* x log(x / m) + m - x without cancellation. */
double vk_gamma_deviance (double x, double m);

/* log of x^a e^-x / Gamma(a + 1). */
double vk_gamma_log_term (double a, double x);

/* The logarithm of P(a, x), and 1; or of Q(a, x), and 0: of the one that keeps its digits. */
int vk_gamma_log_pq (double a, double x, double *log_value);

/* The quantile of the standard normal distribution. */
double vk_gamma_normal_quantile (double p);

/* x with P(a, x) = p, or with Q(a, x) = p for `upper`, and 1; 0 where it must be searched
   for, and where to begin. */
int vk_gamma_quantile (double p, double a, int upper, double *x);

#endif

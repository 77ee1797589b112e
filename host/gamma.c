/*
** The gamma function and the incomplete one.
*/

#include "gamma.h"

#include <float.h>
#include <math.h>

#define LN_SQRT_2PI 0.918938533204672741780329736406
#define TINY 1e-300
#define TERMS 100000


static double stirling_series (double x) {
  double xx = x * x;
  double tail = 1.0 / 1188 - (691.0 / 360360 - 1 / (156 * xx)) / xx;
  return (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - tail / xx) / xx) / xx) / xx) / x;
}


double vk_gamma_log (double x) {
  double product = 1;
  for (; x < 15; x += 1) product *= x;
  return (x - 0.5) * log(x) - x + LN_SQRT_2PI + stirling_series(x) - log(product);
}


double vk_gamma_stirling_error (double x) {
  if (x == 0) return HUGE_VAL;
  if (x > 15) return stirling_series(x);
  return vk_gamma_log(x + 1) - (x + 0.5) * log(x) + x - LN_SQRT_2PI;
}


double vk_gamma_deviance (double x, double m) {
  double v, vv, sum, ej;
  int j;
  if (fabs(x - m) >= 0.1 * (x + m)) return x * log(x / m) + m - x;
  v = (x - m) / (x + m);
  sum = (x - m) * v;
  ej = 2 * x * v;
  vv = v * v;
  for (j = 1; j <= 1000; j++) {
    double next;
    ej *= vv;
    next = sum + ej / (2 * j + 1);
    if (next == sum) break;
    sum = next;
  }
  return sum;
}


double vk_gamma_log_term (double a, double x) {
  if (a == 0) return -x;
  if (x == 0) return -HUGE_VAL;
  return -vk_gamma_stirling_error(a) - vk_gamma_deviance(a, x) - 0.5 * log(a) - LN_SQRT_2PI;
}


/* log P(a, x), for x below a + 1. */
static double log_by_series (double a, double x) {
  double sum = 1, term = 1;
  int n;
  for (n = 1; n <= TERMS; n++) {
    term = term * x / (a + n);
    sum += term;
    if (term < sum * DBL_EPSILON / 8) break;
  }
  return vk_gamma_log_term(a, x) + log(sum);
}


static double not_zero (double x) {
  return (fabs(x) < TINY) ? TINY : x;
}


/* log Q(a, x), for x from a + 1 on. */
static double log_by_fraction (double a, double x) {
  double b = x + 1 - a, c = 1 / TINY, d = 1 / b, h = d;
  int i;
  for (i = 1; i <= TERMS; i++) {
    double an = -i * (i - a), delta;
    b += 2;
    d = 1 / not_zero(an * d + b);
    c = not_zero(b + an / c);
    delta = d * c;
    h *= delta;
    if (fabs(delta - 1) < DBL_EPSILON) break;
  }
  return vk_gamma_log_term(a, x) + log(a) + log(h);
}


int vk_gamma_log_pq (double a, double x, double *log_value) {
  int lower = x < a + 1;
  *log_value = lower ? log_by_series(a, x) : log_by_fraction(a, x);
  return lower;
}


/* Coefficients of algorithm AS 241 (Wichura 1988), the constant term first. */
typedef struct fraction { double top[8], bottom[8]; } fraction;

static const fraction centre = {
  { 3.3871328727963666080, 1.3314166789178437745e2, 1.9715909503065514427e3,
    1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
    3.3430575583588128105e4, 2.5090809287301226727e3 },
  { 1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
    2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4,
    5.2264952788528545610e3 } };
static const fraction middle = {
  { 1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550,
    3.64784832476320460504, 1.27045825245236838258, 2.41780725177450611770e-1,
    2.27238449892691845833e-2, 7.74545014278341407640e-4 },
  { 1.0, 2.05319162663775882187, 1.67638483018380384940, 6.89767334985100004550e-1,
    1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
    1.05075007164441684324e-9 } };
static const fraction tail = {
  { 6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580,
    2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
    2.71155556874348757815e-5, 2.01033439929228813265e-7 },
  { 1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
    7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
    2.04426310338993978564e-15 } };


static double rational (const fraction *f, double r) {
  double top = 0, bottom = 0;
  int i;
  for (i = 7; i >= 0; i--) {
    top = top * r + f->top[i];
    bottom = bottom * r + f->bottom[i];
  }
  return top / bottom;
}


double vk_gamma_normal_quantile (double p) {
  double q = p - 0.5, r, z;
  if (p <= 0) return -HUGE_VAL;
  if (p >= 1) return HUGE_VAL;
  if (fabs(q) <= 0.425) return q * rational(&centre, 0.180625 - q * q);
  r = sqrt(-log(q < 0 ? p : 1 - p));
  z = (r <= 5) ? rational(&middle, r - 1.6) : rational(&tail, r - 5);
  return (q < 0) ? -z : z;
}


/* P(a, x), or for `upper` -Q(a, x): both rise with x. */
static double rising (double a, double x, int upper) {
  double log_value;
  int lower = vk_gamma_log_pq(a, x, &log_value);
  double value = exp(log_value);
  if (!upper) return lower ? value : 1 - value;
  if (lower) {          /* as exp of log1p(-value), rounded like the logarithm of Q */
    double u = 1 - value;
    return -exp(u == 1 ? -value : log(u) * -value / (u - 1));
  }
  return -value;
}


/* From one value near the root to the root: the Taylor series around x, whose derivatives
   are known, is solved.  0 where five terms are not enough. */
static int refine (double a, double miss, double slope, double *root) {
  double x = *root, first = -miss / slope, h = first;
  double l1 = (a - 1) / x - 1, l2 = -(a - 1) / (x * x);
  double l3 = 2 * (a - 1) / pow(x, 3), l4 = -6 * (a - 1) / pow(x, 4);
  double c2 = l1 / 2, c3 = (l1 * l1 + l2) / 6;
  double c4 = (pow(l1, 3) + 3 * l1 * l2 + l3) / 24;
  double c5 = (pow(l1, 4) + 6 * (l1 * l1) * l2 + 3 * (l2 * l2) + 4 * l1 * l3 + l4) / 120;
  int i;
  if (a < 20 || first != first || fabs(first) >= 0.01 * sqrt(a)) return 0;
  for (i = 0; i < 4; i++) {
    double value = h * (1 + h * (c2 + h * (c3 + h * (c4 + h * c5)))) - first;
    h = h - value / (1 + h * (2 * c2 + h * (3 * c3 + h * (4 * c4 + h * 5 * c5))));
  }
  *root = x + h;
  return 1;
}


int vk_gamma_quantile (double p, double a, int upper, double *x) {
  double z = vk_gamma_normal_quantile(p) * (upper ? -1 : 1);
  double share = 1 - 1 / (9 * a) + z / (3 * sqrt(a));   /* Wilson and Hilferty */
  *x = a * pow(share < 1e-3 ? 1e-3 : share, 3);
  return refine(a, rising(a, *x, upper) - (upper ? -p : p),
                exp(vk_gamma_log_term(a, *x)) * a / *x, x);
}

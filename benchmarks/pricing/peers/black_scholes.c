/* Black, Scholes and Merton as anybody would write it in C: a loop over columns, erfc for the normal distribution.
   Vectors are the compiler's business. Columns: right (+1 or -1), spot, strike, years, rate, yield, volatility. */

#include <math.h>

#define ROOT_HALF 0.70710678118654752
#define INVERSE_ROOT_TWO_PI 0.39894228040143268
#define COLUMN const double *restrict

void prices(long count, COLUMN right, COLUMN spot, COLUMN strike, COLUMN years, COLUMN rate, COLUMN yield,
            COLUMN volatility, double *restrict price) {
    for (long i = 0; i < count; i++) {
        double deviation = volatility[i] * sqrt(years[i]);
        double d1 = (log(spot[i] / strike[i]) + (rate[i] - yield[i]) * years[i]) / deviation + 0.5 * deviation;
        double held = spot[i] * exp(-yield[i] * years[i]) * 0.5 * erfc(-ROOT_HALF * right[i] * d1);
        double owed = strike[i] * exp(-rate[i] * years[i]) * 0.5 * erfc(-ROOT_HALF * right[i] * (d1 - deviation));
        price[i] = right[i] * (held - owed);
    }
}

void sensitivities(long count, COLUMN right, COLUMN spot, COLUMN strike, COLUMN years, COLUMN rate, COLUMN yield,
                   COLUMN volatility, double *restrict price, double *restrict delta, double *restrict gamma,
                   double *restrict vega, double *restrict theta, double *restrict rho) {
    for (long i = 0; i < count; i++) {
        double root = sqrt(years[i]), deviation = volatility[i] * root;
        double d1 = (log(spot[i] / strike[i]) + (rate[i] - yield[i]) * years[i]) / deviation + 0.5 * deviation;
        double paid = exp(-yield[i] * years[i]);
        double shares = paid * 0.5 * erfc(-ROOT_HALF * right[i] * d1);
        double held = spot[i] * shares;
        double owed = strike[i] * exp(-rate[i] * years[i]) * 0.5 * erfc(-ROOT_HALF * right[i] * (d1 - deviation));
        double density = paid * exp(-0.5 * d1 * d1) * INVERSE_ROOT_TWO_PI;
        price[i] = right[i] * (held - owed);
        delta[i] = right[i] * shares;
        gamma[i] = density / (spot[i] * deviation);
        vega[i] = spot[i] * density * root;
        theta[i] = right[i] * (yield[i] * held - rate[i] * owed) - 0.5 * spot[i] * density * volatility[i] / root;
        rho[i] = right[i] * years[i] * owed;
    }
}

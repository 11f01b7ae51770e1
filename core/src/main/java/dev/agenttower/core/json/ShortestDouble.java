package dev.agenttower.core.json;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * The shortest decimal text that reads back as the same double, nearest to it where several are as short.
 *
 * <p>{@link Double#toString} is not used, because before JDK 19 it returns superfluous digits.
 */
final class ShortestDouble {
    private static final int MAX_DIGITS = 17;

    private ShortestDouble() {}

    static String text(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "Infinity" : "-Infinity";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return (long) value + ".0";
        }
        return form(digits(value));
    }

    private static BigDecimal digits(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int precision = 1; precision < MAX_DIGITS; precision++) {
            BigDecimal nearest = nearest(exact, value, precision);
            if (nearest != null) {
                return nearest;
            }
        }
        return exact.round(new MathContext(MAX_DIGITS, RoundingMode.HALF_EVEN));
    }

    private static @Nullable BigDecimal nearest(BigDecimal exact, double value, int precision) {
        BigDecimal below = exact.round(new MathContext(precision, RoundingMode.DOWN));
        BigDecimal above = exact.round(new MathContext(precision, RoundingMode.UP));
        boolean belowReads = below.doubleValue() == value;
        boolean aboveReads = above.doubleValue() == value;
        if (belowReads && aboveReads) {
            int nearer =
                    exact.subtract(below).abs().compareTo(above.subtract(exact).abs());
            return nearer == 0
                    ? exact.round(new MathContext(precision, RoundingMode.HALF_EVEN))
                    : nearer < 0 ? below : above;
        }
        return belowReads ? below : aboveReads ? above : null;
    }

    private static String form(BigDecimal decimal) {
        BigDecimal stripped = decimal.stripTrailingZeros();
        String digits = stripped.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - stripped.scale();
        StringBuilder out = new StringBuilder(24);
        if (stripped.signum() < 0) {
            out.append('-');
        }
        if (exponent < -4 || exponent >= 16) {
            out.append(digits.charAt(0));
            if (digits.length() > 1) {
                out.append('.').append(digits, 1, digits.length());
            }
            out.append('e').append(exponent < 0 ? '-' : '+');
            return out.append(Math.abs(exponent) < 10 ? "0" : "")
                    .append(Math.abs(exponent))
                    .toString();
        }
        String plain = stripped.abs().toPlainString();
        return out.append(plain).append(plain.indexOf('.') < 0 ? ".0" : "").toString();
    }
}

package dev.agenttower.core.json;

import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A JSON number that keeps its original characters; equality compares the characters. Its value is that of the nearest double. */
public final class JsonNumber extends Number {
    private static final long serialVersionUID = 1L;
    private static final Pattern FORM = Pattern.compile("-?(?:0|[1-9][0-9]*+)(\\.[0-9]++)?([eE][+-]?[0-9]++)?");
    private static final int SHOWN = 40;
    /** More digits than this could be too many for a long. */
    private static final int LONG_DIGITS = 18;

    private final String text;

    private JsonNumber(String text) {
        this.text = text;
    }

    /**
     * Parses a number: an {@code Integer}, {@code Long} or {@code BigInteger} where these are written with the same characters, else one that
     * keeps its characters.
     *
     * @throws MalformedJsonException if it is not a JSON number, or too large for a double, as which most programs read it
     */
    public static Number parse(String text) {
        var form = FORM.matcher(text);
        if (!form.matches()) {
            throw new MalformedJsonException("'" + shown(text) + "' is no number");
        }
        boolean isInteger = form.group(1) == null && form.group(2) == null;
        if (isInteger && text.length() <= LONG_DIGITS && !text.equals("-0")) {
            return narrowed(Long.parseLong(text));
        }
        if (Double.isInfinite(Double.parseDouble(text))) {
            throw new MalformedJsonException("the number " + shown(text) + " is out of range");
        }
        if (!isInteger || text.equals("-0")) {
            return new JsonNumber(text);
        }
        BigInteger integer = new BigInteger(text);
        return integer.bitLength() < Long.SIZE ? narrowed(integer.longValue()) : (Number) integer;
    }

    private static Number narrowed(long value) {
        return value == (int) value ? (Number) (int) value : (Number) value;
    }

    private static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }

    /** Whether it is an integer, which only minus zero is. */
    public boolean isInteger() {
        return text.equals("-0");
    }

    @Override
    public int intValue() {
        return (int) doubleValue();
    }

    @Override
    public long longValue() {
        return (long) doubleValue();
    }

    @Override
    public float floatValue() {
        return (float) doubleValue();
    }

    @Override
    public double doubleValue() {
        return Double.parseDouble(text);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonNumber number && number.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Its characters. */
    @Override
    public String toString() {
        return text;
    }
}

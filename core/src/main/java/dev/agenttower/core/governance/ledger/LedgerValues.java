package dev.agenttower.core.governance.ledger;

import dev.agenttower.core.json.JsonNumber;
import dev.agenttower.core.json.Surrogates;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Normalizes values to the form that every reader of a ledger gets, because the hash covers that form: non-integer numbers as doubles, texts
 * without unpaired surrogates.
 */
final class LedgerValues {
    private LedgerValues() {}

    static Map<String, @Nullable Object> of(Map<?, ?> fields) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        fields.forEach((key, value) -> values.put(Surrogates.mended((String) key), of(value)));
        return values;
    }

    private static @Nullable Object of(@Nullable Object value) {
        if (value instanceof String text) {
            return Surrogates.mended(text);
        }
        if (value instanceof Map<?, ?> map) {
            return of(map);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> values = new ArrayList<>(list.size());
            list.forEach(element -> values.add(of(element)));
            return values;
        }
        if (value instanceof JsonNumber number && number.isInteger()) {
            return number.longValue();
        }
        return value instanceof JsonNumber
                        || value instanceof BigDecimal
                        || value instanceof Float
                        || value instanceof Double
                ? (Number) finite(((Number) value).doubleValue())
                : value;
    }

    private static double finite(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("no JSON number: " + value);
        }
        return value;
    }
}

package dev.agenttower.core.event;

import dev.agenttower.core.settings.EventSettings;
import dev.agenttower.core.text.AnsiSequences;
import dev.agenttower.core.text.Redaction;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Judges one record of a log: removes sequences of the terminal, replaces secrets, and takes the first rule that finds its pattern. Pure, in
 * time proportional to the record; thread-safe.
 */
public final class EventClassifier {
    private final List<EventRule> rules;
    private final Excerpts excerpts;

    /**
     * A classifier with the built-in rules and more.
     *
     * @param own further rules; of two with the same priority, one of these comes first
     */
    public EventClassifier(EventSettings settings, List<EventRule> own) {
        this.rules = Stream.concat(own.stream(), BuiltInRules.ALL.stream())
                .sorted(Comparator.comparingInt(EventRule::priority))
                .toList();
        this.excerpts = new Excerpts(settings.perEventExcerptCapBytes(), settings.excerptTruncationMarker());
    }

    /** The rules by priority. */
    public List<EventRule> rules() {
        return rules;
    }

    /** Judges a record, which has no LF. */
    public Classification classify(String record) {
        return judge(clean(record));
    }

    /**
     * Judges the rest of a record whose beginning was judged before, so that a secret that the cut divides is replaced as well.
     *
     * @param before the end of that beginning
     */
    Classification classifyRest(String before, String rest) {
        String whole = clean(before + rest);
        String known = clean(before);
        int common = 0;
        while (common < Math.min(known.length(), whole.length()) && known.charAt(common) == whole.charAt(common)) {
            common++;
        }
        return judge(whole.substring(common));
    }

    /** A shell that edits its command line ends this by a sequence and a CR; the output of the command begins behind them. */
    private static String clean(String record) {
        String plain = AnsiSequences.strip(record);
        int begin = 0;
        while (plain.length() < record.length() && begin < plain.length() && plain.charAt(begin) == '\r') {
            begin++;
        }
        return Redaction.redact(plain.substring(begin));
    }

    private Classification judge(String record) {
        for (EventRule rule : rules) {
            if (rule.pattern().test(record)) {
                return new Classification(rule.type(), rule.id(), excerpts.of(record));
            }
        }
        throw new IllegalStateException("the last rule takes every record");
    }
}

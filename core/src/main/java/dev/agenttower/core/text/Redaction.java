package dev.agenttower.core.text;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Replaces secrets in a line of text: keys of OpenAI and Anthropic, tokens of GitHub, access keys of AWS, bearer tokens, JSON web
 * tokens, and the values of assignments of secrets. Pure; the time is linear in the length of the line.
 *
 * <p>Words are of ASCII letters, digits and the underscore. Other text stays as it is. What a rule finds in the text without its
 * {@link AnsiSequences} and {@link Unseen} characters is found although they interrupt it; the result is then without them.
 */
public final class Redaction {
    private static final String WORD = "[A-Za-z0-9_]";
    private static final String START = "(?<!" + WORD + ")";
    private static final String END = "(?!" + WORD + ")";

    private static final String OPENAI = "<redacted:openai-key>";
    private static final String GITHUB = "<redacted:github-token>";

    /** In this order; each is applied to the result of the one before. */
    private static final List<Rule> WITHIN_A_LINE = List.of(
            new Rule("sk-", START + "sk-[A-Za-z0-9]{20,}+" + END, OPENAI),
            new Rule("gh", START + "gh[ps]_[A-Za-z0-9]{20,}+" + END, GITHUB),
            new Rule("AKIA", START + "AKIA[A-Z0-9]{16}" + END, "<redacted:aws-access-key>"),
            new Rule("Bearer ", START + "Bearer [A-Za-z0-9_\\-.=]{16,}+", "Bearer <redacted:bearer>"));

    /** Applied after all others, so that they change nothing that those find. */
    private static final List<Rule> LATER_FORMS = List.of(
            new Rule("sk-ant-", START + "sk-ant-[A-Za-z0-9_-]{16,}+", "<redacted:anthropic-key>"),
            new Rule("sk-", START + "sk-(?:proj|svcacct|admin|None)-[A-Za-z0-9_-]{16,}+", OPENAI),
            new Rule("gh", START + "gh[our]_[A-Za-z0-9]{20,}+" + END, GITHUB),
            new Rule("github_pat_", START + "github_pat_[A-Za-z0-9_]{20,}+", GITHUB),
            new Rule("bearer ", START + "bearer [A-Za-z0-9_\\-.=]{16,}+", "bearer <redacted:bearer>"),
            new Rule(
                    "eyJ",
                    START + "eyJ[A-Za-z0-9_-]{8,}+\\.[A-Za-z0-9_-]{8,}+\\.[A-Za-z0-9_-]{8,}+",
                    "<redacted:jwt>"));

    private static final List<AsciiSet> LITERALS = Stream.concat(WITHIN_A_LINE.stream(), LATER_FORMS.stream())
            .map(rule -> AsciiSet.of(rule.literal()))
            .toList();

    private static final int SHORTEST_JWT = 32;
    private static final Pattern JWT = Pattern.compile("[A-Za-z0-9_-]++\\.[A-Za-z0-9_-]++\\.[A-Za-z0-9_-]++");

    private static final String SECRET_NAME = "(?:API_?KEY|TOKEN|SECRET|PASSWORD|AUTH)";
    private static final Pattern ASSIGNMENT =
            Pattern.compile("([A-Z_][A-Z0-9_]*" + SECRET_NAME + ")=.+", Pattern.UNIX_LINES);
    /** A name without a prefix says less, so a short value is taken for something else: {@code TOKEN=x}. */
    private static final Pattern BARE_ASSIGNMENT = Pattern.compile("(" + SECRET_NAME + ")=.{8,}", Pattern.UNIX_LINES);

    private Redaction() {}

    /** The line without its secrets. The line has no LF; a CR at its end may stand. */
    public static String redact(String line) {
        String plain = shown(line);
        String redacted = redactPlain(plain);
        return plain.equals(line) || !redacted.equals(plain) ? redacted : redactPlain(line);
    }

    /** The text as a terminal shows it, so that nothing unseen parts a secret. Tabs and carriage returns stay. */
    private static String shown(String line) {
        // Sequences begin with a character that is unseen, too.
        if (unseen(line, 0) == line.length()) {
            return line;
        }
        String text = AnsiSequences.strip(line);
        StringBuilder shown = new StringBuilder(text.length());
        int from = 0;
        for (int at = unseen(text, 0); at < text.length(); at = unseen(text, from)) {
            shown.append(text, from, at);
            from = at + 1;
        }
        return shown.append(text, from, text.length()).toString();
    }

    /** The next unseen character from an index, or the length of the text. */
    private static int unseen(String text, int from) {
        int at = from;
        while (at < text.length() && !isUnseen(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isUnseen(char c) {
        return c < ' ' ? c != '\t' && c != '\r' : c > '~' && !Character.isSurrogate(c) && Unseen.is(c);
    }

    /** A CR begins a line again, as in the output of a shell that edits its command line: what follows is a line of its own. */
    private static String redactPlain(String line) {
        int inner = line.indexOf('\r');
        if (inner < 0 || inner == line.length() - 1) {
            return redactOne(line);
        }
        StringBuilder redacted = new StringBuilder(line.length());
        int from = 0;
        for (int at = inner; at >= 0; at = line.indexOf('\r', from)) {
            redacted.append(redactOne(line.substring(from, at))).append('\r');
            from = at + 1;
        }
        return redacted.append(redactOne(line.substring(from))).toString();
    }

    private static String redactOne(String line) {
        String keysRemoved =
                mayHoldKeys(line) ? apply(LATER_FORMS, wholeLine(apply(WITHIN_A_LINE, line))) : wholeLine(line);
        return SecretAssignments.redact(keysRemoved);
    }

    /** Most lines lack one of the characters of every literal, which one pass over the line tells. */
    private static boolean mayHoldKeys(String line) {
        AsciiSet present = AsciiSet.of(line);
        for (AsciiSet literal : LITERALS) {
            if (present.containsAll(literal)) {
                return true;
            }
        }
        return false;
    }

    private static String apply(List<Rule> rules, String line) {
        String result = line;
        for (Rule rule : rules) {
            result = rule.apply(result);
        }
        return result;
    }

    private static String wholeLine(String line) {
        int end = line.endsWith("\r") ? line.length() - 1 : line.length();
        if (end >= SHORTEST_JWT
                && line.indexOf(' ') < 0
                && JWT.matcher(line).region(0, end).matches()) {
            return "<redacted:jwt>" + line.substring(end);
        }
        if (line.isEmpty() || !(line.charAt(0) == '_' || (line.charAt(0) >= 'A' && line.charAt(0) <= 'Z'))) {
            return line;
        }
        Matcher assignment = ASSIGNMENT.matcher(line);
        if (!assignment.matches()) {
            assignment = BARE_ASSIGNMENT.matcher(line);
            if (!assignment.matches()) {
                return line;
            }
        }
        return assignment.group(1) + "=<redacted:env-secret>";
    }

    /** The literal stands in whatever the pattern finds: searching it first is many times faster. */
    private record Rule(String literal, Pattern pattern, String replacement) {
        Rule(String literal, String pattern, String replacement) {
            this(literal, Pattern.compile(pattern), replacement);
        }

        String apply(String line) {
            return line.contains(literal) ? pattern.matcher(line).replaceAll(replacement) : line;
        }
    }
}

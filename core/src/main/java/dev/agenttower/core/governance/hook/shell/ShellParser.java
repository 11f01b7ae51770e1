package dev.agenttower.core.governance.hook.shell;

import dev.agenttower.core.governance.hook.shell.ShellStep.Command;
import dev.agenttower.core.governance.hook.shell.ShellStep.Redirection;
import dev.agenttower.core.governance.hook.shell.ShellStep.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Splits scripts of POSIX shells and Bash into simple commands, those of subshells and substitutions among them. Takes any text without a
 * failure, in time linear in its length; what no shell would take is read somehow.
 *
 * <p>Compound commands are not told apart: their reserved words are the first words of commands.
 */
final class ShellParser {
    /** How deep substitutions, subshells and scripts in scripts may be nested. */
    static final int MAX_DEPTH = 50;
    /** The largest number of words and redirections of all commands together. */
    static final int MAX_WORDS = 20_000;

    private static final String[] REDIRECTIONS = {
        "&>>", "<<<", "<<-", "&>", "<<", "<>", "<&", ">>", ">|", ">&", "<", ">"
    };
    /** What stands before a value that begins with a home: an option, or another value. */
    private static final Pattern BEFORE_VALUE = Pattern.compile("-[A-Za-z]|.*[=:,]", Pattern.DOTALL);

    private static final int LONGEST_NAME = 5;
    private static final String ENDS_WORD = " \t\r\n;&|<>()";

    private final String text;
    private final List<ShellStep> steps;
    private final List<HereDocument> hereDocuments = new ArrayList<>();
    private int at;
    private int depth;
    private int words;
    private boolean isInDoubleQuotes;
    private boolean isComplete = true;

    private ShellParser(String text, List<ShellStep> steps, int depth, int words) {
        this.text = text;
        this.steps = steps;
        this.depth = depth;
        this.words = words;
    }

    /**
     * Reads a script.
     *
     * @param depth how deep the script itself is nested in others
     * @param steps where its steps are added
     * @return whether it was read to its end; not if it is nested deeper than {@link #MAX_DEPTH} or has more than {@link #MAX_WORDS}
     */
    static boolean parse(String script, int depth, List<ShellStep> steps) {
        if (depth > MAX_DEPTH) {
            return false;
        }
        ShellParser parser = new ShellParser(script, steps, depth, 0);
        parser.allCommands();
        return parser.isComplete;
    }

    /** A here-document whose text is still to come. */
    private record HereDocument(List<Redirection> redirections, int index, String end, boolean isLiteral) {}

    private boolean hasMore() {
        return at < text.length();
    }

    private boolean isAt(String other) {
        return text.startsWith(other, at);
    }

    private void giveUp() {
        isComplete = false;
        at = text.length();
    }

    private boolean enter() {
        if (depth >= MAX_DEPTH) {
            giveUp();
            return false;
        }
        depth++;
        return true;
    }

    /** Reads commands up to the end; a parenthesis that closes nothing is one of a {@code case}. */
    private void allCommands() {
        while (hasMore()) {
            commands();
        }
    }

    /** Reads commands up to the parenthesis that closes them, which is skipped, or the end. */
    private void commands() {
        Current current = new Current();
        int list = steps.size();
        while (hasMore()) {
            char c = text.charAt(at);
            if (c == ' ' || c == '\t' || c == '\r') {
                at++;
            } else if (isAt("\\\n")) {
                at += 2;
            } else if (c == '#') {
                at = endOfLine();
            } else if (c == '\n') {
                at++;
                readHereDocuments();
                current.end();
                list = steps.size();
            } else if (current.isTest && (c == '&' || c == '|' || c == '<' || c == '>' || c == '(' || c == ')')) {
                at++;
            } else if (isAt("((") && isExpression(at + 2)) {
                at += 2;
                arithmetic();
            } else if (c == '(') {
                current.end();
                at++;
                scope();
            } else if (c == ')') {
                at++;
                current.end();
                if (current.cases == 0) {
                    break;
                }
                list = steps.size();
            } else if (isAt("<(") || isAt(">(")) {
                at += 2;
                scope();
                current.add(new ShellWord("", false, false));
            } else if (c == '<' || c == '>' || isAt("&>")) {
                redirection(current);
            } else if (isAt("&&") || isAt("||") || isAt("|&")) {
                at += 2;
                current.end();
            } else if (c == '|') {
                at++;
                current.end();
            } else if (c == ';' || c == '&') {
                at++;
                current.end();
                if (c == '&') { // what runs in the background changes the folder of nobody else
                    steps.add(list, Scope.ENTER);
                    steps.add(Scope.LEAVE);
                }
                list = steps.size();
            } else {
                word(current);
            }
        }
        current.end();
    }

    /** Commands in parentheses, the first of which is skipped. */
    private void scope() {
        if (enter()) {
            steps.add(Scope.ENTER);
            commands();
            steps.add(Scope.LEAVE);
            depth--;
        }
    }

    private void word(Current current) {
        int from = at;
        Word read = read();
        ShellWord word = read.toShellWord();
        boolean isNumber = !word.isQuoted() && hasMore() && (text.charAt(at) == '<' || text.charAt(at) == '>');
        if (isNumber && text.substring(from, at).matches("\\d{1,9}|\\{\\w{1,99}\\}")) {
            redirection(current);
            return;
        }
        if (word.text().endsWith("=") && hasMore() && text.charAt(at) == '(') {
            skipArray();
        }
        read.toShellWords().forEach(current::add);
    }

    /** Of the elements of an array only the substitutions are commands. */
    private void skipArray() {
        at++;
        if (!enter()) {
            return;
        }
        while (hasMore() && text.charAt(at) != ')') {
            if (text.charAt(at) == '#') {
                at = endOfLine();
            } else if (ENDS_WORD.indexOf(text.charAt(at)) >= 0) {
                at++;
            } else {
                read();
            }
        }
        at = Math.min(at + 1, text.length());
        depth--;
    }

    private void redirection(Current current) {
        String operator = "";
        for (String each : REDIRECTIONS) {
            if (isAt(each)) {
                operator = each;
                break;
            }
        }
        at += operator.length();
        while (hasMore() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        int from = at;
        if (isAt("<(") || isAt(">(") || !hasMore()) {
            return;
        }
        ShellWord target = readWord();
        if (at == from) {
            return;
        }
        if (operator.equals("<<<")) {
            current.add(new Redirection(operator, target, target.text()));
            return;
        }
        current.add(new Redirection(operator, target, ""));
        if (operator.startsWith("<<")) {
            int index = current.redirections.size() - 1;
            String end = target.isExact() ? target.text() : text.substring(from, at);
            hereDocuments.add(new HereDocument(current.redirections, index, end, target.isQuoted()));
        }
    }

    private int endOfLine() {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }

    private void readHereDocuments() {
        for (HereDocument document : hereDocuments) {
            Redirection redirection = document.redirections.get(document.index);
            String body = body(document.end, redirection.operator().equals("<<-"));
            document.redirections.set(
                    document.index, new Redirection(redirection.operator(), redirection.target(), body));
            if (!document.isLiteral && enter()) {
                ShellParser inner = new ShellParser(body, steps, depth, words);
                inner.substitutions();
                take(inner);
            }
        }
        hereDocuments.clear();
    }

    private String body(String end, boolean isIndented) {
        StringBuilder body = new StringBuilder();
        while (hasMore()) {
            int next = endOfLine();
            int from = at;
            while (isIndented && from < next && text.charAt(from) == '\t') {
                from++;
            }
            boolean isEnd = next - from == end.length() && text.startsWith(end, from);
            at = Math.min(next + 1, text.length());
            if (isEnd) {
                break;
            }
            body.append(text, from, next).append('\n');
        }
        return body.toString();
    }

    /** Takes over from the parser of a part, which was {@link #enter entered}. */
    private void take(ShellParser inner) {
        depth--;
        words = inner.words;
        if (!inner.isComplete) {
            giveUp();
        }
    }

    /** Reads a text of which only the substitutions are commands. */
    private void substitutions() {
        Word none = Word.ignored();
        while (hasMore()) {
            if (text.charAt(at) == '\\') {
                at = Math.min(at + 2, text.length());
            } else {
                expansionOr(none);
            }
        }
    }

    private ShellWord readWord() {
        return read().toShellWord();
    }

    private Word read() {
        Word word = new Word();
        if (hasMore() && text.charAt(at) == '~') {
            tilde(word);
        }
        while (hasMore() && ENDS_WORD.indexOf(text.charAt(at)) < 0) {
            char c = text.charAt(at);
            if (c == '\\') {
                escaped(word);
            } else if (c == '\'') {
                word.isQuoted = true;
                literal(word);
            } else if (c == '"') {
                word.isQuoted = true;
                at++;
                doubleQuoted(word);
            } else if (isAt("$'")) {
                word.isQuoted = true;
                at += 2;
                ansi(word);
            } else if (isAt("$\"")) {
                at++;
            } else if (c == '$' || c == '`') {
                expansionOr(word);
            } else {
                word.unquoted(c);
                at++;
            }
        }
        return word;
    }

    /** The home of the user, or of another one, which counts as the same: its files are as foreign to a project. */
    private void tilde(Word word) {
        int end = ++at;
        while (end < text.length() && (isNameCharacter(text.charAt(end)) || "+-.".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        String name = text.substring(at, end);
        boolean isWhole = end == text.length() || text.charAt(end) == '/' || ENDS_WORD.indexOf(text.charAt(end)) >= 0;
        if (!isWhole || name.matches("-|[+-]?[0-9]+")) {
            word.expand();
            return;
        }
        at = end;
        if (name.equals("+")) {
            word.append('.');
        } else {
            word.home();
        }
    }

    private void escaped(Word word) {
        if (isAt("\\\n")) {
            at += 2;
            return;
        }
        if (at + 1 < text.length()) {
            word.isQuoted = true;
            word.append(text.charAt(at + 1));
        }
        at = Math.min(at + 2, text.length());
    }

    private void literal(Word word) {
        int end = text.indexOf('\'', at + 1);
        int until = end < 0 ? text.length() : end;
        word.append(text.substring(at + 1, until));
        at = Math.min(until + 1, text.length());
    }

    private void doubleQuoted(Word word) {
        boolean wasQuoted = isInDoubleQuotes;
        isInDoubleQuotes = true;
        doubleQuotedText(word);
        isInDoubleQuotes = wasQuoted;
    }

    private void doubleQuotedText(Word word) {
        while (hasMore()) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return;
            }
            if (c == '\\' && at + 1 < text.length() && "$`\"\\\n".indexOf(text.charAt(at + 1)) >= 0) {
                if (text.charAt(at + 1) != '\n') {
                    word.append(text.charAt(at + 1));
                }
                at += 2;
            } else {
                expansionOr(word);
            }
        }
    }

    /** Reads an expansion, or else the next character as part of the word. */
    private void expansionOr(Word word) {
        char c = text.charAt(at);
        if (c == '`') {
            backticks();
            word.expand();
        } else if (c == '$' && at + 1 < text.length()) {
            dollar(word);
        } else {
            word.append(c);
            at++;
        }
    }

    private void dollar(Word word) {
        char next = text.charAt(at + 1);
        if (next == '(') {
            boolean isArithmetic = isAt("$((") && isExpression(at + 3);
            at += isArithmetic ? 3 : 2;
            if (isArithmetic) {
                arithmetic();
            } else {
                boolean wasQuoted = isInDoubleQuotes;
                isInDoubleQuotes = false;
                scope();
                isInDoubleQuotes = wasQuoted;
            }
            word.expand();
        } else if (next == '{') {
            int from = at + 2;
            at = from;
            braces();
            String name = text.substring(from, Math.max(from, at - 1));
            word.variable(name);
        } else if (isNameCharacter(next)) {
            int from = ++at;
            while (hasMore() && isNameCharacter(text.charAt(at))) {
                at++;
            }
            word.variable(text.substring(from, Math.min(at, from + LONGEST_NAME)));
        } else if ("?@*#$!-".indexOf(next) >= 0) {
            at += 2;
            word.expand();
        } else {
            word.append('$');
            at++;
        }
    }

    private static boolean isNameCharacter(char c) {
        return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /** Reads up to the brace that closes a parameter. */
    private void braces() {
        if (!enter()) {
            return;
        }
        Word none = Word.ignored();
        while (hasMore() && text.charAt(at) != '}') {
            if (text.charAt(at) == '\\') {
                at = Math.min(at + 2, text.length());
            } else if (text.charAt(at) == '\'' && !isInDoubleQuotes) {
                literal(none);
            } else if (text.charAt(at) == '"') { // also within double quotes
                at++;
                doubleQuoted(none);
            } else {
                expansionOr(none);
            }
        }
        at = Math.min(at + 1, text.length());
        depth--;
    }

    /** Whether two parentheses that were opened are closed by two in a row, as those of an expression; else they are subshells. */
    private boolean isExpression(int from) {
        int open = 2;
        int last = -1;
        for (int i = from; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '\\' -> i++;
                case '\'', '"' -> {
                    i = text.indexOf(text.charAt(i), i + 1);
                    if (i < 0) {
                        return true;
                    }
                }
                case '(' -> open++;
                case ')' -> {
                    open--;
                    if (open == 0) {
                        return last == i - 1;
                    }
                    last = open == 1 ? i : last;
                }
                default -> {}
            }
        }
        return true;
    }

    /** Reads up to the two parentheses that close an arithmetic expression. */
    private void arithmetic() {
        if (!enter()) {
            return;
        }
        Word none = Word.ignored();
        int open = 2;
        while (hasMore() && open > 0) {
            char c = text.charAt(at);
            if (open > MAX_DEPTH) {
                giveUp();
            } else if (c == '(' || c == ')') {
                open += c == '(' ? 1 : -1;
                at++;
            } else {
                expansionOr(none);
            }
        }
        depth--;
    }

    private void backticks() {
        StringBuilder script = new StringBuilder();
        at++;
        while (hasMore() && text.charAt(at) != '`') {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length() && "$`\\".indexOf(text.charAt(at + 1)) >= 0) {
                at++;
                c = text.charAt(at);
            }
            script.append(c);
            at++;
        }
        at = Math.min(at + 1, text.length());
        if (enter()) {
            ShellParser inner = new ShellParser(script.toString(), steps, depth, words);
            steps.add(Scope.ENTER);
            inner.allCommands();
            steps.add(Scope.LEAVE);
            take(inner);
        }
    }

    private void ansi(Word word) {
        while (hasMore()) {
            char c = text.charAt(at++);
            if (c == '\'') {
                return;
            }
            if (c != '\\' || !hasMore()) {
                word.append(c);
                continue;
            }
            char kind = text.charAt(at++);
            switch (kind) {
                case 'n' -> word.append('\n');
                case 't' -> word.append('\t');
                case 'r' -> word.append('\r');
                case 'a' -> word.append('\007');
                case 'b' -> word.append('\b');
                case 'e', 'E' -> word.append('\033');
                case 'f' -> word.append('\f');
                case 'v' -> word.append('\013');
                case 'x' -> code(word, 16, 2);
                case 'u' -> code(word, 16, 4);
                case 'U' -> code(word, 16, 8);
                default -> {
                    if (Character.digit(kind, 8) >= 0) {
                        at--;
                        code(word, 8, 3);
                    } else {
                        word.append(kind);
                    }
                }
            }
        }
    }

    private void code(Word word, int radix, int max) {
        long code = 0;
        int end = Math.min(at + max, text.length());
        while (at < end && Character.digit(text.charAt(at), radix) >= 0) {
            code = code * radix + Character.digit(text.charAt(at++), radix);
        }
        if (code > 0 && code <= Character.MAX_CODE_POINT) {
            word.append(Character.toString((int) code));
        }
    }

    /** The command that is being read. */
    private final class Current {
        private List<ShellWord> commandWords = new ArrayList<>();
        private List<Redirection> redirections = new ArrayList<>();
        private boolean isTest;
        /** How many {@code case} are open, whose patterns end with parentheses. */
        private int cases;

        void add(ShellWord word) {
            // Between [[ and ]], signs of redirections and lists compare and combine.
            isTest = isTest ? !word.is("]]") : word.is("[[") && name() == null;
            commandWords.add(word);
            count();
        }

        void add(Redirection redirection) {
            redirections.add(redirection);
            count();
        }

        private void count() {
            words++;
            if (words > MAX_WORDS) {
                giveUp();
            }
        }

        /** The first word that is not reserved; null while there is none. */
        private @Nullable ShellWord name() {
            return commandWords.stream()
                    .filter(word -> !word.isReserved())
                    .findFirst()
                    .orElse(null);
        }

        void end() {
            ShellWord name = name();
            if (name != null && !name.isQuoted()) {
                cases += name.is("case") ? 1 : name.is("esac") && cases > 0 ? -1 : 0;
            }
            if (!commandWords.isEmpty() || !redirections.isEmpty()) {
                steps.add(new Command(commandWords, redirections));
                commandWords = new ArrayList<>();
                redirections = new ArrayList<>();
            }
            isTest = false;
        }
    }

    /** The word that is being read. */
    private static final class Word {
        private final StringBuilder known = new StringBuilder();
        private boolean isExact = true;
        private boolean isQuoted;
        private boolean isHome;
        private int bracket = -1;

        /** A word whose text is not kept. */
        static Word ignored() {
            Word word = new Word();
            word.expand();
            return word;
        }

        void append(char c) {
            if (isExact) {
                known.append(c);
            }
        }

        void append(String more) {
            if (isExact) {
                known.append(more);
            }
        }

        void expand() {
            isExact = false;
        }

        void home() {
            known.append('~');
            isHome = true;
        }

        void variable(String name) {
            if (isExact && known.isEmpty() && name.equals("HOME")) {
                home();
            } else if (isExact
                    && name.equals("HOME")
                    && BEFORE_VALUE.matcher(known).matches()) {
                known.append('~');
            } else if (isExact && known.isEmpty() && name.equals("PWD")) {
                known.append('.');
            } else {
                expand();
            }
        }

        /** A character that may be part of a pattern. */
        void unquoted(char c) {
            if (!isExact) {
                return;
            }
            if (c == '*' || c == '?') {
                expand();
                return;
            }
            if (c == '[') {
                bracket = bracket < 0 ? known.length() : bracket;
            } else if (c == ']' && bracket >= 0 && known.length() > bracket + 1) {
                cut(bracket);
                return;
            }
            int mark = BraceList.SIGNS.indexOf(c);
            known.append(mark < 0 ? c : BraceList.MARKS.charAt(mark));
        }

        private void cut(int length) {
            known.setLength(length);
            expand();
        }

        ShellWord toShellWord() {
            // What follows a home directly makes another name of it.
            List<ShellWord> all = toShellWords();
            return all.size() == 1 ? all.get(0) : new ShellWord(BraceList.before(known.toString()), false, isQuoted);
        }

        /** The words that the braces of this one make; one that is not exact where they make too many. */
        List<ShellWord> toShellWords() {
            boolean isOtherHome = isHome && known.length() > 1 && known.charAt(1) != '/';
            if (isOtherHome) {
                return List.of(new ShellWord("", false, isQuoted));
            }
            String marked = known.toString();
            if (!isExact) {
                return List.of(new ShellWord(BraceList.before(marked), false, isQuoted));
            }
            List<String> texts = BraceList.expand(marked);
            return texts.isEmpty()
                    ? List.of(new ShellWord(BraceList.before(marked), false, isQuoted))
                    : texts.stream()
                            .map(each -> new ShellWord(each, true, isQuoted))
                            .toList();
        }
    }
}

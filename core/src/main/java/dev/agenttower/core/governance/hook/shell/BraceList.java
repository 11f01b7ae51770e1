package dev.agenttower.core.governance.hook.shell;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/** Lists in braces, such as {@code a{b,c}}. Their signs are marked in a text, so that quoted ones are not taken for them. */
final class BraceList {
    /** The signs. */
    static final String SIGNS = "{,}";
    /** What stands for them in a marked text: code points that no text has. */
    static final String MARKS = "\uFDD0\uFDD1\uFDD2";

    private static final char OPEN = MARKS.charAt(0);
    private static final char COMMA = MARKS.charAt(1);
    private static final char CLOSE = MARKS.charAt(2);
    private static final Pattern RANGE =
            Pattern.compile(OPEN + "[\\w-]{1,20}\\.\\.[\\w-]{1,20}(?:\\.\\.-?\\d{1,20})?" + CLOSE);
    private static final int MOST = 64;
    private static final int LONGEST = 512;

    private final String text;
    /** The place of the brace that closes each one; 0 where none does, or no list is in it. */
    private final int[] closing;

    private BraceList(String text) {
        this.text = text;
        this.closing = new int[text.length()];
        Deque<Integer> open = new ArrayDeque<>();
        boolean[] isList = new boolean[text.length()];
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == OPEN) {
                open.push(i);
            } else if (c == COMMA && !open.isEmpty()) {
                isList[open.peek()] = true;
            } else if (c == CLOSE && !open.isEmpty()) {
                int from = open.pop();
                closing[from] = isList[from] ? i : 0;
            }
        }
    }

    /** The texts that a marked one makes, at least itself; none if they are more than {@value #MOST}, or a range such as {@code {1..9}} is in it. */
    static List<String> expand(String marked) {
        if (marked.indexOf(OPEN) < 0) {
            return List.of(plain(marked));
        }
        if (marked.length() > LONGEST || RANGE.matcher(marked).find()) {
            return List.of();
        }
        return new BraceList(marked)
                .expand(0, marked.length()).stream().map(BraceList::plain).toList();
    }

    /** What stands before the first brace of a marked text. */
    static String before(String marked) {
        int open = marked.indexOf(OPEN);
        return plain(open < 0 ? marked : marked.substring(0, open));
    }

    private static String plain(String marked) {
        return marked.replace(OPEN, '{').replace(COMMA, ',').replace(CLOSE, '}');
    }

    private List<String> expand(int from, int to) {
        List<String> made = List.of("");
        int at = from;
        int literal = from;
        while (at < to && !made.isEmpty()) {
            int close = closing[at];
            if (close == 0) {
                at++;
                continue;
            }
            made = product(product(made, List.of(text.substring(literal, at))), alternatives(at, close));
            at = close + 1;
            literal = at;
        }
        return product(made, List.of(text.substring(literal, to)));
    }

    private List<String> alternatives(int open, int close) {
        List<String> all = new ArrayList<>();
        int from = open + 1;
        int at = from;
        while (at <= close) {
            if (at == close || text.charAt(at) == COMMA) {
                List<String> made = expand(from, at);
                all.addAll(made);
                if (made.isEmpty() || all.size() > MOST) {
                    return List.of();
                }
                from = at + 1;
            }
            at = at < close && closing[at] > 0 ? closing[at] + 1 : at + 1;
        }
        return all;
    }

    private static List<String> product(List<String> before, List<String> after) {
        if (before.size() * after.size() > MOST) {
            return List.of();
        }
        return before.stream()
                .flatMap(first -> after.stream().map(first::concat))
                .toList();
    }
}

package dev.agenttower.panel.governance;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.Chunk;
import dev.agenttower.core.text.Unseen;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A unified diff as its lines, in which the changed words are marked.
 *
 * @param lines the lines in the order of the diff
 * @param added the number of added lines
 * @param removed the number of removed lines
 * @param isCut whether there are more lines than are shown, so that nobody can decide here
 */
public record DiffText(List<Line> lines, int added, int removed, boolean isCut) {
    private static final int LIMIT = 3000;
    private static final int WORDS = 400;
    private static final Pattern HUNK =
            Pattern.compile("@@ -(\\d{1,9})(?:,\\d{1,9})? \\+(\\d{1,9})(?:,\\d{1,9})? @@.*");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_]+|\\s+|.");

    /** Copies the lines. */
    public DiffText {
        lines = List.copyOf(lines);
    }

    /** What a line is about; the name is the one of its style. */
    public enum Kind {
        /** The head of a hunk. */
        HUNK,
        /** A line that stays. */
        SAME,
        /** A line that comes. */
        ADDED,
        /** A line that goes. */
        REMOVED,
        /** A remark of the diff, such as a missing line feed. */
        NOTE;

        /** The name for styles. */
        public String style() {
            return switch (this) {
                case HUNK -> "hunk";
                case SAME -> "same";
                case ADDED -> "added";
                case REMOVED -> "removed";
                case NOTE -> "note";
            };
        }

        /** The sign before a line, which tells the kinds apart without colours. */
        public String sign() {
            return switch (this) {
                case ADDED -> "+";
                case REMOVED -> "-";
                case SAME -> " ";
                case HUNK, NOTE -> "";
            };
        }
    }

    /**
     * A part of a line.
     *
     * @param text with ambiguous characters by name
     * @param isChanged whether these words changed
     */
    public record Part(String text, boolean isChanged) {}

    /**
     * A line.
     *
     * @param before its number in the file, or empty
     * @param after its number in the result, or empty
     */
    public record Line(Kind kind, String before, String after, List<Part> parts) {
        /** Copies the parts. */
        public Line {
            parts = List.copyOf(parts);
        }

        Line with(List<Part> others) {
            return new Line(kind, before, after, others);
        }
    }

    /** Two lines beside each other; null for an empty half. Heads and remarks are in both. */
    public record Pair(@Nullable Line left, @Nullable Line right) {}

    /** Reads a unified diff of one file. */
    public static DiffText of(String diff) {
        List<Line> lines = new ArrayList<>();
        int before = 0;
        int after = 0;
        int added = 0;
        int removed = 0;
        boolean isHead = true;
        boolean isCut = false;
        for (String line : (Iterable<String>) diff.lines()::iterator) {
            // A removed line that begins with "-- " looks like the head of a file.
            isHead &= !line.startsWith("@@");
            if (isHead) {
                continue;
            }
            Kind kind = kind(line);
            added += kind == Kind.ADDED ? 1 : 0;
            removed += kind == Kind.REMOVED ? 1 : 0;
            if (lines.size() == LIMIT) {
                isCut = true;
                continue;
            }
            Matcher hunk = HUNK.matcher(line);
            if (kind == Kind.HUNK && hunk.matches()) {
                before = Integer.parseInt(hunk.group(1));
                after = Integer.parseInt(hunk.group(2));
            }
            String text = kind == Kind.HUNK || kind == Kind.NOTE || line.isEmpty() ? line : line.substring(1);
            lines.add(new Line(
                    kind,
                    kind == Kind.SAME || kind == Kind.REMOVED ? Integer.toString(before++) : "",
                    kind == Kind.SAME || kind == Kind.ADDED ? Integer.toString(after++) : "",
                    List.of(new Part(text, false))));
        }
        markWords(lines);
        lines.replaceAll(DiffText::visible);
        return new DiffText(lines, added, removed, isCut);
    }

    private static Kind kind(String line) {
        return switch (line.isEmpty() ? ' ' : line.charAt(0)) {
            case '@' -> Kind.HUNK;
            case '+' -> Kind.ADDED;
            case '-' -> Kind.REMOVED;
            case '\\' -> Kind.NOTE;
            default -> Kind.SAME;
        };
    }

    /** The lines beside each other: what goes on the left, what comes on the right. */
    public List<Pair> pairs() {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < lines.size(); ) {
            Block block = block(lines, i);
            for (int k = 0; k < block.length(); k++) {
                pairs.add(new Pair(
                        k < block.removed.size() ? lines.get(block.removed.get(k)) : null,
                        k < block.added.size() ? lines.get(block.added.get(k)) : null));
            }
            if (block.end == i) {
                pairs.add(new Pair(lines.get(i), lines.get(i)));
                i++;
            } else {
                i = block.end;
            }
        }
        return pairs;
    }

    /** Marks the words in which a removed line differs from the added line in its place. */
    private static void markWords(List<Line> lines) {
        for (int i = 0; i < lines.size(); ) {
            Block block = block(lines, i);
            for (int k = 0; k < Math.min(block.removed.size(), block.added.size()); k++) {
                int left = block.removed.get(k);
                int right = block.added.get(k);
                mark(lines, left, right);
            }
            i = Math.max(block.end, i + 1);
        }
    }

    private static void mark(List<Line> lines, int left, int right) {
        List<String> before = words(lines.get(left).parts().get(0).text());
        List<String> after = words(lines.get(right).parts().get(0).text());
        if (before.size() > WORDS || after.size() > WORDS) {
            return;
        }
        BitSet gone = new BitSet();
        BitSet come = new BitSet();
        for (AbstractDelta<String> delta : DiffUtils.diff(before, after).getDeltas()) {
            set(gone, delta.getSource());
            set(come, delta.getTarget());
        }
        // Lines with nothing in common are as plain without marks.
        if (gone.cardinality() < before.size() || come.cardinality() < after.size()) {
            lines.set(left, lines.get(left).with(parts(before, gone)));
            lines.set(right, lines.get(right).with(parts(after, come)));
        }
    }

    private static void set(BitSet words, Chunk<String> chunk) {
        words.set(chunk.getPosition(), chunk.getPosition() + chunk.size());
    }

    private static List<String> words(String text) {
        return WORD.matcher(text).results().map(MatchResult::group).toList();
    }

    private static List<Part> parts(List<String> words, BitSet changed) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < words.size(); ) {
            boolean isChanged = changed.get(i);
            int next = isChanged ? changed.nextClearBit(i) : changed.nextSetBit(i);
            int end = next < 0 ? words.size() : Math.min(next, words.size());
            parts.add(new Part(String.join("", words.subList(i, end)), isChanged));
            i = end;
        }
        return parts;
    }

    private static Line visible(Line line) {
        return line.with(line.parts().stream()
                .map(part -> new Part(Unseen.named(part.text()), part.isChanged()))
                .toList());
    }

    /** The removed lines from a position, and the added ones behind them; remarks between them belong to the block. */
    private static Block block(List<Line> lines, int start) {
        Block block = new Block();
        int i = start;
        for (; i < lines.size(); i++) {
            Kind kind = lines.get(i).kind();
            if (kind == Kind.REMOVED && block.added.isEmpty()) {
                block.removed.add(i);
            } else if (kind == Kind.ADDED) {
                block.added.add(i);
            } else if (kind != Kind.NOTE || i == start) {
                break;
            } else {
                (block.added.isEmpty() ? block.removed : block.added).add(i);
            }
        }
        block.end = i;
        return block;
    }

    private static final class Block {
        private final List<Integer> removed = new ArrayList<>();
        private final List<Integer> added = new ArrayList<>();
        private int end;

        int length() {
            return Math.max(removed.size(), added.size());
        }
    }
}

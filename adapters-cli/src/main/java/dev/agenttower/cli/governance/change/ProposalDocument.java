package dev.agenttower.cli.governance.change;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.client.JsonText;
import dev.agenttower.client.governance.change.Proposal;
import dev.agenttower.client.governance.change.SovereignChange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A proposal as a text document that a person edits and that is parsed again.
 *
 * <p>Each text of the proposal is enclosed by lines with a new random marker that occurs in none of the texts. So the author of the
 * proposal cannot write such a line, texts cannot be confused, and each is read byte for byte, with or without a line feed at its end. An
 * object to merge is shown as plain JSON.
 */
public final class ProposalDocument {
    private static final int WORD_BYTES = 4;

    private final Proposal original;
    private final String marker;
    private final String text;

    /** The document of a change. The random markers need not be secret, only unpredictable for the author of the change. */
    public static ProposalDocument of(SovereignChange change, Proposal proposal, Random random) {
        return new ProposalDocument(change, proposal, random);
    }

    private ProposalDocument(SovereignChange change, Proposal proposal, Random random) {
        original = proposal;
        marker = marker(parts(proposal), random);
        text = proposal instanceof Proposal.JsonMerge merge ? json(merge.data()) : marked(change, proposal);
    }

    /** The text to edit. */
    public String text() {
        return text;
    }

    /** The original proposal. */
    public Proposal original() {
        return original;
    }

    /**
     * Parses the edited text.
     *
     * @throws UnreadableDocumentException if the text is ambiguous
     */
    public Proposal read(String edited) {
        if (original instanceof Proposal.JsonMerge) {
            return new Proposal.JsonMerge(JsonObjects.parse("what is to be merged must be", edited));
        }
        List<String> texts = texts(edited);
        if (original instanceof Proposal.Patch) {
            return new Proposal.Patch(texts.get(0), texts.get(1));
        }
        return original instanceof Proposal.Append
                ? new Proposal.Append(texts.get(0))
                : new Proposal.FullReplace(texts.get(0));
    }

    /** The texts of a proposal, by name, in order. */
    private static Map<String, String> parts(Proposal proposal) {
        Map<String, String> parts = new LinkedHashMap<>();
        if (proposal instanceof Proposal.Patch patch) {
            parts.put("old", patch.oldString());
            parts.put("new", patch.newString());
        } else if (proposal instanceof Proposal.Append append) {
            parts.put("append", append.content());
        } else if (proposal instanceof Proposal.FullReplace replacement) {
            parts.put("content", replacement.content());
        }
        return parts;
    }

    private static String marker(Map<String, String> parts, Random random) {
        byte[] bytes = new byte[WORD_BYTES];
        String candidate;
        do {
            random.nextBytes(bytes);
            candidate = HexFormat.of().formatHex(bytes);
        } while (isIn(parts, candidate));
        return candidate;
    }

    private static boolean isIn(Map<String, String> parts, String candidate) {
        return parts.values().stream().anyMatch(part -> part.contains(candidate));
    }

    private String marked(SovereignChange change, Proposal proposal) {
        Map<String, String> parts = parts(proposal);
        StringBuilder document = new StringBuilder(1024);
        help(change, proposal, parts).forEach(line -> document.append(line).append('\n'));
        parts.forEach((name, part) ->
                document.append(marker(name)).append('\n').append(part).append('\n'));
        return document.append(marker("end")).append('\n').toString();
    }

    private List<String> help(SovereignChange change, Proposal proposal, Map<String, String> parts) {
        List<String> help = new ArrayList<>();
        help.add("# " + TerminalText.safe(change.id() + ": " + proposal.changeType() + " of " + change.targetPath()));
        help.add("# proposed by " + TerminalText.safe(change.agent() + " as " + change.role()));
        help.add("#");
        if (proposal instanceof Proposal.Patch) {
            help.add("# Change the text below \"" + marker("new") + "\". The one below \"" + marker("old") + "\" is");
            help.add("# what it takes the place of, and must occur in the file exactly once.");
        } else {
            help.add("# Change the text between the two lines that hold " + marker + ".");
        }
        help.add("# The lines that hold " + marker
                + " are not part of a text, and neither is the line feed before them:");
        help.add(
                "# an empty line before one means that the text ends with a line feed. Leave those lines as they are.");
        help.add("# Save and quit, and you see the diff; nothing is done before you say yes to it.");
        help.add("# Leave all as it is, or delete all of it, and nothing is changed.");
        List<String> hidden = TerminalText.hidden(String.join("\n", parts.values()));
        if (!hidden.isEmpty()) {
            help.add("# WATCH OUT for characters that an editor may not show: " + String.join(" ", hidden));
        }
        return help;
    }

    private String marker(String name) {
        return "==== " + name + " " + marker + " ====";
    }

    private List<String> texts(String edited) {
        List<String> lines = Arrays.asList(edited.split("\n", -1));
        List<String> names = new ArrayList<>(parts(original).keySet());
        names.add("end");
        List<Integer> places = new ArrayList<>();
        for (String name : names) {
            places.add(place(lines, marker(name), places.isEmpty() ? -1 : places.get(places.size() - 1)));
        }
        if (lines.stream()
                        .filter(line -> line.contains(marker) && !line.startsWith("#"))
                        .count()
                != names.size()) {
            throw new UnreadableDocumentException(
                    "there are other lines with " + marker + " than those that were there");
        }
        refuseStrays(lines.subList(0, places.get(0)));
        refuseStrays(lines.subList(places.get(places.size() - 1) + 1, lines.size()));
        List<String> texts = new ArrayList<>();
        for (int i = 0; i + 1 < places.size(); i++) {
            texts.add(String.join("\n", lines.subList(places.get(i) + 1, places.get(i + 1))));
        }
        return texts;
    }

    private static void refuseStrays(List<String> around) {
        for (String line : around) {
            if (!line.isBlank() && !line.startsWith("#")) {
                throw new UnreadableDocumentException(
                        "\"" + TerminalText.fit(TerminalText.safe(line), 60) + "\" stands outside of every text");
            }
        }
    }

    private static int place(List<String> lines, String marker, int after) {
        int first = lines.indexOf(marker);
        if (first <= after) {
            throw new UnreadableDocumentException("the line \"" + marker + "\" is missing, or not in its place");
        }
        return first;
    }

    // Characters that an editor may hide are written as JSON escapes, which have the same value.
    private static String json(JsonNode data) {
        StringBuilder text = new StringBuilder(256);
        JsonText.indented(data).codePoints().forEach(c -> {
            String character = Character.toString(c);
            if (c >= 0x7f && !TerminalText.hidden(character).isEmpty()) {
                character.chars().forEach(unit -> text.append(String.format("\\u%04x", unit)));
            } else {
                text.append(character);
            }
        });
        return text.append('\n').toString();
    }
}

package dev.agenttower.cli.hook;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The text of Codex's {@code config.toml}, in which single tables are replaced and every other character stays. Immutable. */
final class CodexConfig {
    private final Path path;
    private final String text;
    private final TomlScan scan;

    private CodexConfig(Path path, String text, TomlScan scan) {
        this.path = path;
        this.text = text;
        this.scan = scan;
    }

    /**
     * Reads a text.
     *
     * @param path the file, for messages
     * @throws UnusableSettingsException if it is no TOML
     */
    static CodexConfig parse(Path path, String text) {
        try {
            return new CodexConfig(path, text, new TomlScan(text));
        } catch (MalformedTomlException e) {
            throw new UnusableSettingsException(path, e.getMessage());
        }
    }

    String text() {
        return text;
    }

    /** A value, or null. */
    @Nullable String value(List<String> key) {
        return scan.values().get(key);
    }

    /** The keys of the tables. */
    List<List<String>> tables() {
        return scan.tables().stream().map(TomlTable::name).toList();
    }

    /**
     * The text with one table replaced, or else appended.
     *
     * @param table the table, with its header, ending in LF
     * @throws UnusableSettingsException if the table is written in another form
     */
    CodexConfig with(List<String> name, String table) {
        Optional<TomlTable> earlier = find(name);
        if (earlier.isPresent()) {
            TomlTable place = earlier.get();
            String there = text.substring(place.start(), place.end());
            boolean isSame = there.equals(table) || there.concat("\n").equals(table);
            return isSame ? this : parse(path, text.substring(0, place.start()) + table + text.substring(place.end()));
        }
        String end = text.isEmpty() ? "" : text.endsWith("\n") ? "\n" : "\n\n";
        return parse(path, text + end + table);
    }

    /**
     * The text without one table, and without one of two empty lines around it, or the one that would be the first line.
     *
     * @throws UnusableSettingsException if the table is written in another form
     */
    CodexConfig without(List<String> name) {
        Optional<TomlTable> found = find(name);
        if (found.isEmpty()) {
            return this;
        }
        String before = text.substring(0, found.get().start());
        String behind = text.substring(found.get().end());
        boolean isEmptyLineBehind = behind.isEmpty() || behind.startsWith("\n");
        if (before.isEmpty() && !behind.isEmpty() && isEmptyLineBehind) {
            return parse(path, behind.substring(1));
        }
        boolean isEmptyLineBefore = before.endsWith("\n\n");
        String kept = isEmptyLineBefore && isEmptyLineBehind ? before.substring(0, before.length() - 1) : before;
        return parse(path, kept + behind);
    }

    private Optional<TomlTable> find(List<String> name) {
        Optional<TomlTable> table =
                scan.tables().stream().filter(each -> each.name().equals(name)).findFirst();
        if (table.isEmpty()) {
            requireExtensible(name);
        }
        return table;
    }

    /** No header can extend a value, nor a table in braces. */
    private void requireExtensible(List<String> name) {
        for (int i = 1; i <= name.size(); i++) {
            List<String> part = name.subList(0, i);
            boolean isClosed =
                    scan.inlineTables().contains(part) || scan.values().containsKey(part);
            boolean isDotted = i == name.size()
                    && scan.values().keySet().stream()
                            .anyMatch(key -> key.size() > name.size()
                                    && key.subList(0, name.size()).equals(name));
            if (isClosed || isDotted) {
                throw new UnusableSettingsException(
                        path,
                        String.join(".", part) + " is not written as a table with a header; write it as [" + part.get(0)
                                + (part.size() > 1 ? "." + part.get(1) : "") + (part.size() > 2 ? ".\"...\"" : "")
                                + "]");
            }
        }
    }
}

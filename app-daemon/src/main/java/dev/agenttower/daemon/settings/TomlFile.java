package dev.agenttower.daemon.settings;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import dev.agenttower.core.settings.InvalidSettingsException;
import dev.agenttower.daemon.lifecycle.Failures;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A TOML file, read on each call and parsed only if its text is another one than before. Thread-safe. */
final class TomlFile {
    private static final long MAX_BYTES = 1 << 20;

    private final Path path;
    private volatile @Nullable Parsed last;

    /** This file, which need not exist. */
    TomlFile(Path path) {
        this.path = path;
    }

    /**
     * A top-level table; empty if the file or the table is missing.
     *
     * @throws InvalidSettingsException if the file cannot be read, is not TOML, or the name is not a table
     */
    Optional<TomlTable> table(String name) {
        return text().map(text -> parsed(text).get(name)).map(values -> new TomlTable(name, values));
    }

    private Optional<String> text() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw unreadable("not a regular file");
            }
            if (attributes.size() > MAX_BYTES) {
                throw unreadable("more than " + MAX_BYTES + " bytes");
            }
            return Optional.of(Files.readString(path));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (CharacterCodingException e) {
            throw unreadable("not UTF-8");
        } catch (IOException e) {
            throw unreadable(Failures.reason(e));
        }
    }

    private JsonNode parsed(String text) {
        @Nullable Parsed known = last;
        if (known == null || !known.text().equals(text)) {
            known = new Parsed(text, parse(text));
            last = known;
        }
        return known.document();
    }

    private JsonNode parse(String text) {
        try {
            return Toml.READER.readTree(text);
        } catch (JacksonException e) {
            @Nullable JsonLocation at = e.getLocation();
            String where = at == null ? "" : " (at line %d, column %d)".formatted(at.getLineNr(), at.getColumnNr());
            throw unreadable(e.getOriginalMessage() + where);
        } catch (RuntimeException e) { // the parser does not wrap some exceptions of number and date parsing
            throw unreadable(Failures.reason(e));
        }
    }

    private InvalidSettingsException unreadable(String reason) {
        return TomlTable.invalid("failed to parse " + path + ": " + reason);
    }

    private record Parsed(String text, JsonNode document) {}

    // A separate class, so that a missing file does not load the parser.
    private static final class Toml {
        static final ObjectReader READER = new TomlMapper().reader();
    }
}

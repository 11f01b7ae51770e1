package dev.agenttower.cli.hook;

import java.util.List;

/**
 * A table of a TOML text that has a header.
 *
 * @param name its keys
 * @param start the offset of the header's line
 * @param end the offset behind the line of its last value, or of its header
 */
record TomlTable(List<String> name, int start, int end) {}

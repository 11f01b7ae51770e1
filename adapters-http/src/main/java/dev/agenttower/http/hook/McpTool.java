package dev.agenttower.http.hook;

import dev.agenttower.core.governance.hook.FileEdit;
import dev.agenttower.core.governance.hook.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Tools of MCP servers, whose arguments no client knows: keys tell which of them are paths, and the name whether the tool only reads. */
final class McpTool {
    /** Names of tools that only read: a verb with nouns. Every other name may be that of a tool that writes. */
    private static final Pattern READS =
            Pattern.compile("(?:read|get|list|search|find|view|show|stat|glob|grep|fetch|query|describe|tree)"
                    + "(?:_(?:file|files|text|media|multiple|directory|directories|dir|folder|content|contents|info|allowed|with|sizes|tree|by|path|url"
                    + "|page|resource|resources|symbol|symbols|for|pattern|references|overview|code|status))*");

    private static final Pattern PATH =
            Pattern.compile("(?!profile).*(?:path|paths|pathname|pathnames|file|files|filename|filenames)|destination");
    private static final Pattern WEB = Pattern.compile("(?:https?|wss?|ftp|ssh|git|data)://.*", Pattern.DOTALL);
    /** Keys of what is a path only if it holds a slash. */
    private static final Set<String> MAY_BE_PATHS = Set.of(
            "target",
            "dest",
            "output",
            "out",
            "to",
            "name",
            "document",
            "source",
            "dir",
            "directory",
            "folder",
            "location",
            "uri",
            "url");

    private static final String FILE_URI = "file://";

    private McpTool() {}

    /** The name of a tool without that of its server, of {@code mcp__SERVER__TOOL}. */
    static String ownName(String tool) {
        String[] parts = tool.split("__", 3);
        return parts.length < 3 ? tool : parts[2];
    }

    /** The call as one that may change, or only reads, the files that its arguments name; unknown if it may change none that can be told. */
    static ToolCall call(String ownName, ToolInput input) {
        String name = ownName.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_")
                .replace('-', '_')
                .toLowerCase(Locale.ROOT);
        List<FileEdit> edits = new ArrayList<>();
        addAll(input.arguments(), edits);
        if (READS.matcher(name).matches()) {
            return ToolCall.reading(
                    input.tool(),
                    edits.stream()
                            .map(FileEdit::path)
                            .limit(ToolInput.MAX_READS)
                            .toList());
        }
        return edits.isEmpty() ? ToolCall.unknown(input.tool()) : new ToolCall(input.tool(), edits);
    }

    private static void addAll(Object value, List<FileEdit> edits) {
        if (value instanceof List<?> several) {
            several.forEach(each -> addAll(each, edits));
        } else if (value instanceof Map<?, ?> object) {
            object.forEach((key, each) -> {
                addTexts(plain(String.valueOf(key)), each, edits);
                addAll(each, edits);
            });
        }
    }

    private static void addTexts(String key, Object value, List<FileEdit> edits) {
        if (value instanceof List<?> several) {
            several.forEach(each -> addTexts(key, each, edits));
        } else if (value instanceof String text && !text.isEmpty()) {
            String path = text.startsWith(FILE_URI) ? text.substring(FILE_URI.length()) : text;
            boolean isWeb = WEB.matcher(path).matches();
            if (!isWeb && (PATH.matcher(key).matches() || (MAY_BE_PATHS.contains(key) && path.contains("/")))) {
                edits.add(new FileEdit.Touched(path, "edit"));
            }
        }
    }

    private static String plain(String key) {
        return key.toLowerCase(Locale.ROOT).replaceAll("[_-]", "");
    }
}

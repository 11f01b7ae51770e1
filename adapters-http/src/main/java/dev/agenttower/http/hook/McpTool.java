package dev.agenttower.http.hook;

import dev.agenttower.core.governance.hook.FileEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Tools of MCP servers, whose arguments no client knows: keys tell which of them are paths, and the name whether the tool only reads. */
final class McpTool {
    private static final Pattern READS = Pattern.compile(
            "(?:.*_)?(?:read|get|list|search|find|view|show|stat|glob|grep|fetch|query|describe|tree)(?:_.*)?");
    private static final Pattern WRITES = Pattern.compile(
            "(?:.*_)?(?:write|edit|create|delete|remove|move|rename|copy|append|insert|replace|update|patch|save|put|set|apply|make|mkdir)(?:_.*)?");
    private static final Set<String> PATHS = Set.of("filename", "destination", "files", "paths");

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

    static List<FileEdit> edits(ToolInput input) {
        String own = input.tool().substring(Math.max(input.tool().lastIndexOf("__"), 0));
        String name = own.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
        if (READS.matcher(name).matches() && !WRITES.matcher(name).matches()) {
            return List.of();
        }
        List<FileEdit> edits = new ArrayList<>();
        addAll(input.arguments(), edits);
        return edits;
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
            boolean isUrl = path.contains("://");
            if (!isUrl && (isPath(key) || (MAY_BE_PATHS.contains(key) && path.contains("/")))) {
                edits.add(new FileEdit.Touched(path, "edit"));
            }
        }
    }

    private static String plain(String key) {
        return key.toLowerCase(Locale.ROOT).replaceAll("[_-]", "");
    }

    private static boolean isPath(String key) {
        return key.endsWith("path") || key.endsWith("file") || PATHS.contains(key);
    }
}

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

    private McpTool() {}

    static List<FileEdit> edits(ToolInput input) {
        String own = input.tool().substring(Math.max(input.tool().lastIndexOf("__"), 0));
        String name = own.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
        if (READS.matcher(name).matches() && !WRITES.matcher(name).matches()) {
            return List.of();
        }
        List<FileEdit> edits = new ArrayList<>();
        input.arguments().forEach((key, value) -> {
            if (isPath(String.valueOf(key))) {
                addAll(value, edits);
            }
        });
        return edits;
    }

    private static boolean isPath(String key) {
        String plain = key.toLowerCase(Locale.ROOT).replaceAll("[_-]", "");
        return plain.endsWith("path") || plain.endsWith("file") || PATHS.contains(plain);
    }

    private static void addAll(Object value, List<FileEdit> edits) {
        if (value instanceof String path && !path.isEmpty() && !path.contains("://")) {
            edits.add(new FileEdit.Touched(path, "edit"));
        } else if (value instanceof List<?> several) {
            several.forEach(each -> addAll(each, edits));
        } else if (value instanceof Map<?, ?> one) {
            one.forEach((key, each) -> {
                if (isPath(String.valueOf(key))) {
                    addAll(each, edits);
                }
            });
        }
    }
}

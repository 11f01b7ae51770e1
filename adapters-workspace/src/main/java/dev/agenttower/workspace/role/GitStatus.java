package dev.agenttower.workspace.role;

import dev.agenttower.core.governance.role.WorkingCopy.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The uncommitted changes of a repository and of each submodule. Used once. */
final class GitStatus {
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final int MAX_DEPTH = 5;
    private static final String SUBMODULE = "160000 ";
    /** Attributes that make git compare a file through a configured program or an encoding. */
    private static final String[] CONVERTING = {"filter", "working-tree-encoding"};

    private final long deadline = System.nanoTime() + LIMIT.toNanos();
    private final StringBuilder uncommitted = new StringBuilder();
    private final StringBuilder unknown = new StringBuilder();
    private boolean isInDoubt;

    Status of(GitRepository repository) {
        look(repository, "", 0);
        return new Status(uncommitted.toString(), unknown.toString(), isInDoubt);
    }

    private void look(GitRepository repository, String prefix, int depth) {
        try (GitCommand git = new GitCommand(repository, deadline)) {
            // the status letters of index and file, by path
            Map<String, String> changed = new TreeMap<>();
            for (String entry : git.run(
                    List.of(),
                    "status",
                    "--porcelain",
                    "-z",
                    "--no-renames",
                    "--untracked-files=normal",
                    "--ignore-submodules=all")) {
                changed.put(entry.substring(3), entry.substring(0, 3));
            }
            Map<String, String> converted = converted(git, changed);
            for (Map.Entry<String, String> entry : changed.entrySet()) {
                String path = prefix + entry.getKey();
                String attribute = converted.get(entry.getKey());
                if (attribute != null && entry.getValue().equals(" M ")) {
                    line(unknown, path + " (" + attribute + ")");
                } else {
                    line(uncommitted, entry.getValue() + path);
                }
            }
            submodules(repository, git, prefix, depth);
        } catch (IOException | InvalidPathException e) {
            isInDoubt |= e instanceof GitIncompleteException;
            line(unknown, (prefix.isEmpty() ? "" : prefix + ": ") + e.getMessage());
        }
    }

    /** The attribute that prevents a direct comparison, by path. */
    private static Map<String, String> converted(GitCommand git, Map<String, String> changed) throws IOException {
        List<String> paths = changed.entrySet().stream()
                .filter(entry -> entry.getValue().equals(" M "))
                .map(Map.Entry::getKey)
                .toList();
        Map<String, String> converted = new LinkedHashMap<>();
        if (paths.isEmpty()) {
            return converted;
        }
        List<String> answer = git.run(paths, "check-attr", "-z", "--stdin", CONVERTING[0], CONVERTING[1]);
        for (int i = 0; i + 2 < answer.size(); i += 3) {
            String value = answer.get(i + 2);
            if (!value.equals("unspecified") && !value.equals("unset")) {
                converted.put(answer.get(i), answer.get(i + 1) + " " + value);
            }
        }
        return converted;
    }

    private void submodules(GitRepository repository, GitCommand git, String prefix, int depth) throws IOException {
        for (String entry : git.run(List.of(), "ls-files", "-z", "--stage")) {
            int tab = entry.indexOf('\t');
            if (!entry.startsWith(SUBMODULE) || tab < 0) {
                continue;
            }
            if (System.nanoTime() - deadline > 0) {
                throw GitIncompleteException.late();
            }
            String name = entry.substring(tab + 1);
            String path = prefix + name;
            Path top = repository.top().resolve(utf8(name));
            GitRepository submodule = GitRepository.at(top);
            if (submodule == null) {
                continue; // not checked out
            }
            if (depth == MAX_DEPTH) {
                line(unknown, path + " (a submodule that lies too deep)");
                continue;
            }
            String commit = submodule.commit();
            if (commit != null && !entry.startsWith(SUBMODULE + commit + " ")) {
                line(uncommitted, " M " + path);
            }
            look(submodule, path + "/", depth + 1);
        }
    }

    private static void line(StringBuilder text, String line) {
        text.append(shown(line)).append('\n');
    }

    /** Git's output bytes as text on one line. */
    static String shown(String text) {
        return utf8(text).replaceAll("\\p{Cntrl}", "?");
    }

    private static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}

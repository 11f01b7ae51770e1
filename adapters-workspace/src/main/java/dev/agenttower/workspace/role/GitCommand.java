package dev.agenttower.workspace.role;

import dev.agenttower.unix.file.RegularFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs git over the objects, the index and the files of a repository, but never with its settings: git gets a git directory of this
 * program, which names no programs and has no hooks, in place of the repository's.
 *
 * <p>Git takes filters, monitors, hooks, pagers, aliases and transports only from its settings, so none of them can run, whatever the
 * repository or the user's own settings contain. A few settings for the comparison of files are copied, by value.
 */
final class GitCommand implements AutoCloseable {
    private static final int MAX_OUTPUT = 64 << 20;
    private static final int MAX_COPY = 1 << 20;
    private static final int MAX_MESSAGE = 200;
    private static final String FORMAT = "extensions.objectformat";
    private static final String EXCLUDES = "core.excludesfile";
    private static final Map<String, Set<String>> COMPARING = Map.of(
            "core.filemode",
            Set.of("true", "false"),
            "core.ignorecase",
            Set.of("true", "false"),
            "core.symlinks",
            Set.of("true", "false"),
            "core.autocrlf",
            Set.of("true", "false", "input"),
            "core.eol",
            Set.of("lf", "crlf", "native"),
            FORMAT,
            Set.of("sha1", "sha256"));

    private final GitRepository repository;
    private final long deadline;
    private final Path scratch;

    /**
     * Prepares git commands for a repository.
     *
     * @param deadline for all commands together, as {@link System#nanoTime}
     */
    GitCommand(GitRepository repository, long deadline) throws IOException {
        this.repository = repository;
        this.deadline = deadline;
        this.scratch = Files.createTempDirectory("agenttower-git");
        boolean isReady = false;
        try {
            prepare();
            isReady = true;
        } finally {
            if (!isReady) {
                close();
            }
        }
    }

    private void prepare() throws IOException {
        for (Path file : repository.files()) {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw new GitIncompleteException("'" + file + "' is no file");
            }
        }
        Files.createDirectories(scratch.resolve("refs"));
        Path info = Files.createDirectories(scratch.resolve("info"));
        Files.writeString(scratch.resolve("config"), "");
        Files.writeString(scratch.resolve("HEAD"), "ref: refs/heads/none\n");
        for (String patterns : List.of("exclude", "attributes")) {
            Path file = repository.common().resolve("info").resolve(patterns);
            if (Files.isRegularFile(file)) {
                Files.write(info.resolve(patterns), RegularFiles.readFollowing(file, MAX_COPY));
            }
        }
        Files.writeString(scratch.resolve("config"), config());
        String commit = repository.commit();
        Files.writeString(scratch.resolve("HEAD"), (commit == null ? repository.head() : commit) + "\n");
    }

    private String config() throws IOException {
        Path home = Path.of(System.getenv().getOrDefault("HOME", "/nonexistent"));
        String base = System.getenv("XDG_CONFIG_HOME");
        Path user = base == null || base.isEmpty() ? home.resolve(".config") : Path.of(base);
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(EXCLUDES, user.resolve("git/ignore").toString());
        for (Path file : List.of(
                user.resolve("git/config"),
                home.resolve(".gitconfig"),
                repository.common().resolve("config"))) {
            takeOver(file, settings);
        }
        String excludes = settings.getOrDefault(EXCLUDES, "");
        if (excludes.startsWith("~/")) {
            settings.put(EXCLUDES, home + excludes.substring(1));
        }
        StringBuilder text = new StringBuilder("[core]\n\trepositoryformatversion = 1\n\tbare = false\n");
        settings.forEach((key, value) -> {
            int dot = key.indexOf('.');
            text.append('[').append(key, 0, dot).append("]\n\t").append(key.substring(dot + 1));
            text.append(" = \"")
                    .append(value.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append("\"\n");
        });
        return text.toString();
    }

    private void takeOver(Path file, Map<String, String> settings) throws IOException {
        if (!Files.isRegularFile(file)) {
            return;
        }
        // --file reads a single file without its includes
        for (String setting : run(List.of(), "config", "-z", "--file", file.toString(), "--list")) {
            int end = setting.indexOf('\n');
            String key = end < 0 ? setting : setting.substring(0, end);
            String value = end < 0 ? "true" : setting.substring(end + 1);
            boolean isPath = key.equals(EXCLUDES) && value.indexOf('\n') < 0;
            if (isPath || COMPARING.getOrDefault(key, Set.of()).contains(value)) {
                settings.put(key, value);
            }
        }
    }

    /**
     * The output of git, split at NUL.
     *
     * @param input the input of git, to be joined with NUL
     * @throws GitIncompleteException if git does not answer in time
     * @throws IOException if git cannot be run, or fails
     */
    List<String> run(List<String> input, String... arguments) throws IOException {
        Path in = scratch.resolve("in");
        Path out = scratch.resolve("out");
        Path err = scratch.resolve("err");
        StringBuilder text = new StringBuilder();
        input.forEach(piece -> text.append(piece).append('\0'));
        Files.writeString(in, text);
        List<String> command = new ArrayList<>(List.of("git", "--no-pager"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(repository.top().toFile())
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        isolate(builder.environment());
        Process process = builder.start();
        try {
            if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw GitIncompleteException.late();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while git was asked", e);
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new IOException("git says: " + beginning(err));
        }
        if (Files.size(out) > MAX_OUTPUT) {
            throw new IOException("git says more than " + MAX_OUTPUT + " bytes");
        }
        String answer = Files.readString(out, StandardCharsets.ISO_8859_1);
        return answer.isEmpty() ? List.of() : List.of(answer.split("\0"));
    }

    private void isolate(Map<String, String> environment) {
        environment.keySet().removeIf(name -> name.startsWith("GIT_"));
        environment.put("GIT_DIR", scratch.toString());
        environment.put("GIT_WORK_TREE", repository.top().toString());
        environment.put("GIT_INDEX_FILE", repository.own().resolve("index").toString());
        environment.put(
                "GIT_OBJECT_DIRECTORY", repository.common().resolve("objects").toString());
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        environment.put("GIT_ATTR_NOSYSTEM", "1");
        environment.put("GIT_OPTIONAL_LOCKS", "0");
        environment.put("GIT_NO_LAZY_FETCH", "1");
        environment.put("GIT_ALLOW_PROTOCOL", "");
        environment.put("HOME", scratch.toString());
        environment.put("XDG_CONFIG_HOME", scratch.toString());
        environment.put("LC_ALL", "C");
    }

    private static String beginning(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return GitStatus.shown(new String(in.readNBytes(MAX_MESSAGE), StandardCharsets.ISO_8859_1).strip());
        }
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(scratch)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}

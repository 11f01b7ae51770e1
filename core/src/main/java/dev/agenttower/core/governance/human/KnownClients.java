package dev.agenttower.core.governance.human;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The clients of agents whose processes are recognised by their program, their command line or their environment, so that an agent which nobody
 * registered is no person. Immutable.
 *
 * <p>An agent of the same user can hide all three; see {@link HumanGate}.
 */
public final class KnownClients {
    /** No clients. */
    public static final KnownClients NONE = new KnownClients(List.of());

    /** The clients that are known without settings. The signs of the first three were seen in Claude Code 2.1.332, Gemini CLI 0.61.0, Codex 0.171.0. */
    public static final KnownClients BUILT_IN = new KnownClients(List.of(
            new KnownClient(
                    "Claude Code",
                    Set.of("claude"),
                    Set.of("/@anthropic-ai/claude-code/"),
                    Set.of("CLAUDECODE", "CLAUDE_CODE_SESSION_ID", "CLAUDE_CODE_ENTRYPOINT", "AI_AGENT")),
            new KnownClient(
                    "Gemini CLI",
                    Set.of("gemini"),
                    Set.of("/@google/gemini-cli/"),
                    Set.of("GEMINI_CLI", "GEMINI_SESSION_ID")),
            new KnownClient(
                    "Codex",
                    Set.of("codex"),
                    Set.of("/@openai/codex/"),
                    Set.of("CODEX_MANAGED_BY_NPM", "CODEX_MANAGED_PACKAGE_ROOT", "CODEX_THREAD_ID")),
            new KnownClient("opencode", Set.of("opencode"), Set.of("/opencode-ai/"), Set.of("OPENCODE")),
            new KnownClient("aider", Set.of("aider"), Set.of(), Set.of()),
            new KnownClient("Cursor", Set.of("cursor-agent"), Set.of(), Set.of("CURSOR_AGENT")),
            new KnownClient("Goose", Set.of("goose"), Set.of(), Set.of("GOOSE_TERMINAL"))));

    private static final List<String> INTERPRETERS =
            List.of("node", "bun", "deno", "python", "sh", "bash", "dash", "zsh");

    /** Options of interpreters whose value is the next word. */
    private static final Set<String> VALUED =
            Set.of("-r", "--require", "--import", "--loader", "-o", "+o", "-O", "+O", "-W", "-X");

    private final List<KnownClient> clients;

    private KnownClients(List<KnownClient> clients) {
        this.clients = List.copyOf(clients);
    }

    /** These and more. */
    public KnownClients with(List<KnownClient> more) {
        return new KnownClients(Stream.concat(clients.stream(), more.stream()).toList());
    }

    /**
     * Whether a process is that of a client, or was started by one; see {@link #sign}.
     *
     * @param executable the path of its program; empty if unknown
     * @param words its command line
     * @param variables the names of the variables of its environment
     */
    public boolean recognise(String executable, List<String> words, Set<String> variables) {
        return sign(executable, words, variables).isPresent();
    }

    /**
     * What tells that a process is that of a client, or was started by one, such as {@code its program claude is that of Claude Code}; empty if
     * nothing does. Names of files are as the process has them.
     */
    public Optional<String> sign(String executable, List<String> words, Set<String> variables) {
        String first = words.isEmpty() ? "" : words.get(0);
        String script = script(executable, words);
        return clients.stream()
                .flatMap(client -> sign(client, executable, first, script, variables).stream())
                .findFirst();
    }

    /** The client of which a process is the program itself, by its executable or script; empty if it is that of none. */
    public Optional<KnownClient> client(String executable, List<String> words) {
        String first = words.isEmpty() ? "" : words.get(0);
        String script = script(executable, words);
        return clients.stream()
                .filter(client ->
                        sign(client, executable, first, script, Set.of()).isPresent())
                .findFirst();
    }

    /** The script that an interpreter runs; empty for other programs. */
    private static String script(String executable, List<String> words) {
        String first = words.isEmpty() ? "" : words.get(0);
        boolean isInterpreted = INTERPRETERS.stream()
                .anyMatch(
                        each -> name(executable).startsWith(each) || name(first).startsWith(each));
        int at = 1;
        while (isInterpreted && at < words.size() && words.get(at).matches("(?s)[-+].+")) {
            at += VALUED.contains(words.get(at)) ? 2 : 1;
        }
        // A command for a shell is one word with blanks.
        return !isInterpreted || at >= words.size() || words.get(at).contains(" ") ? "" : words.get(at);
    }

    private static Optional<String> sign(
            KnownClient client, String executable, String first, String script, Set<String> variables) {
        for (String program : List.of(executable, first)) {
            if (client.programs().contains(name(program))) {
                return Optional.of("its program " + program + " is that of " + client.title());
            }
        }
        if (client.programs().contains(name(script))
                || client.folders().stream().anyMatch(script::contains)) {
            return Optional.of("its script " + script + " is that of " + client.title());
        }
        return client.variables().stream()
                .filter(variables::contains)
                .sorted()
                .findFirst()
                .map(variable -> "its environment has " + variable + ", as " + client.title() + " sets it");
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}

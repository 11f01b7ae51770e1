package dev.agenttower.core.governance.hook.shell;

import dev.agenttower.core.governance.hook.shell.ShellStep.Command;
import dev.agenttower.core.governance.hook.shell.ShellStep.Redirection;
import dev.agenttower.core.governance.hook.shell.ShellStep.Scope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Follows a script without running it: through other commands that run a command, and into scripts that are arguments. */
final class ShellInterpreter {
    private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_]\\w*(?:\\[[^\\]]*+\\])?\\+?=");
    private static final Set<String> OTHER_USERS = Set.of("sudo", "su", "doas", "pkexec");
    private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "zsh", "ksh", "ash");
    private static final Set<String> PRINTS = Set.of("echo", "printf", "true", "false", ":", "for", "case", "select");
    private static final Set<String> SEARCHES = Set.of("grep", "egrep", "fgrep", "rg", "ag", "ack");
    private static final Set<String> FIND_RUNS = Set.of("-exec", "-execdir", "-ok", "-okdir");
    private static final List<String> ENV_VALUES = List.of("-C", "-u", "-S", "--chdir", "--unset", "--split-string");
    private static final String STDIN = "/dev/stdin";
    private static final String TOO_LARGE = "it is too long or too deeply nested to be judged";
    private static final ShellWord ANY = new ShellWord("", false, false);

    /** Commands that run another command: the letters of options with a value, and the number of operands before the command. */
    private static final Map<String, Wrapper> WRAPPERS = Map.ofEntries(
            Map.entry("env", new Wrapper("uCS", 0)),
            Map.entry("nohup", new Wrapper("", 0)),
            Map.entry("command", new Wrapper("", 0)),
            Map.entry("builtin", new Wrapper("", 0)),
            Map.entry("exec", new Wrapper("a", 0)),
            Map.entry("setsid", new Wrapper("", 0)),
            Map.entry("stdbuf", new Wrapper("ioe", 0)),
            Map.entry("nice", new Wrapper("n", 0)),
            Map.entry("ionice", new Wrapper("cnp", 0)),
            Map.entry("time", new Wrapper("of", 0)),
            Map.entry("busybox", new Wrapper("", 0)),
            Map.entry("xargs", new Wrapper("ILnPsdaE", 0)),
            Map.entry("timeout", new Wrapper("ks", 1)),
            Map.entry("flock", new Wrapper("wE", 1)));

    private record Wrapper(String valued, int operands) {}

    private final Effects effects;
    private final FileCommands files;
    private final Deque<String> pushed = new ArrayDeque<>();
    private int depth;

    ShellInterpreter(Effects effects) {
        this.effects = effects;
        this.files = new FileCommands(effects);
    }

    /** Follows a script, whose working folder is its own. */
    void run(String script) {
        List<ShellStep> steps = new ArrayList<>();
        if (!ShellParser.parse(script, depth, steps)) {
            effects.object(TOO_LARGE);
        }
        depth++;
        Deque<String> folders = new ArrayDeque<>();
        folders.push(effects.folder());
        for (ShellStep step : steps) {
            if (step == Scope.ENTER) {
                folders.push(effects.folder());
            } else if (step == Scope.LEAVE) {
                effects.returnTo(folders.pop());
            } else if (step instanceof Command command) {
                run(command);
            }
        }
        effects.returnTo(folders.getLast());
        depth--;
    }

    private void run(Command command) {
        for (Redirection redirection : command.redirections()) {
            if (redirection.writes()) {
                effects.change(redirection.target(), "edit");
            } else if (redirection.operator().equals("<")) {
                effects.read(redirection.target());
            }
        }
        run(command.words(), command.redirections());
    }

    /** Follows a command that begins with its assignments. */
    private void run(List<ShellWord> given, List<Redirection> redirections) {
        String folder = effects.folder();
        if (follow(given, redirections)) {
            effects.returnTo(folder);
        }
    }

    /** Follows a command; whether it has a folder of its own. */
    private boolean follow(List<ShellWord> given, List<Redirection> redirections) {
        boolean isMoved = false;
        List<ShellWord> words = given;
        int at = 0;
        int copies = 0;
        while (copies < ShellParser.MAX_DEPTH) {
            while (at < words.size() && isBeforeName(words.get(at))) {
                at += isNamed(words, at) ? 2 : 1;
            }
            if (at == words.size()) {
                return isMoved;
            }
            String name = name(words.get(at));
            if (OTHER_USERS.contains(name)) {
                effects.object("'" + name + "' is not permitted");
                return isMoved;
            }
            Wrapper wrapper = WRAPPERS.get(name);
            if (wrapper == null) {
                called(name, words.subList(at + 1, words.size()), redirections);
                return isMoved;
            }
            int from = at + 1;
            at = skip(words, from, wrapper);
            if (name.equals("command") && at > from && words.get(from).text().matches("-[vV]+")) {
                return isMoved;
            }
            if (name.equals("env")) {
                Arguments options = Arguments.of(words.subList(from, at), ENV_VALUES);
                ShellWord folder = options.value("-C", "--chdir");
                if (folder != null) {
                    effects.changeFolder(folder);
                    isMoved = true;
                }
                ShellWord script = options.value("-S", "--split-string");
                if (script != null) { // which is split into a command, whose arguments follow
                    runApart(Stream.concat(Stream.of(script), words.subList(at, words.size()).stream())
                            .map(ShellInterpreter::known)
                            .collect(Collectors.joining(" ")));
                    return isMoved;
                }
            }
            if (name.equals("xargs")) {
                words.subList(from, at).forEach(effects::read);
                words = withUnknown(words, words.subList(from, at), at);
                at = 0;
                copies++;
            }
        }
        effects.object(TOO_LARGE);
        return isMoved;
    }

    private static boolean isBeforeName(ShellWord word) {
        return ASSIGNMENT.matcher(word.text()).lookingAt() || word.isReserved() || word.is("function");
    }

    /** Whether a name of the script's own stands behind a word: of a function, or of a coprocess in braces. */
    private static boolean isNamed(List<ShellWord> words, int at) {
        return words.get(at).is("function")
                || (words.get(at).is("coproc")
                        && at + 2 < words.size()
                        && words.get(at + 2).is("{"));
    }

    /** The name of a command without its folder; empty if it is not known. */
    private static String name(ShellWord word) {
        return word.isExact() ? word.text().substring(word.text().lastIndexOf('/') + 1) : "";
    }

    private static int skip(List<ShellWord> words, int from, Wrapper wrapper) {
        int at = from;
        while (at < words.size() && words.get(at).isOption()) {
            String option = words.get(at).text();
            at++;
            if (option.equals("--")) {
                break;
            }
            int valued = 1;
            while (valued < option.length() && wrapper.valued.indexOf(option.charAt(valued)) < 0) {
                valued++;
            }
            if (!option.startsWith("--") && valued == option.length() - 1) {
                at++;
            }
        }
        return Math.min(at + wrapper.operands, words.size());
    }

    /** The command of {@code xargs}, whose further arguments are not known. */
    private static List<ShellWord> withUnknown(List<ShellWord> words, List<ShellWord> options, int at) {
        List<ShellWord> command = new ArrayList<>();
        @Nullable String replaced = null;
        for (int i = 0; i < options.size(); i++) {
            String option = options.get(i).text();
            if (option.equals("-i") || option.equals("--replace")) {
                replaced = "{}";
            } else if (option.startsWith("--replace=")) {
                replaced = option.substring("--replace=".length());
            } else if (option.startsWith("-i")) {
                replaced = option.substring(2);
            } else if (option.startsWith("-I")) {
                replaced = option.length() > 2
                        ? option.substring(2)
                        : i + 1 < options.size() ? options.get(i + 1).text() : "{}";
            }
        }
        for (ShellWord word : words.subList(at, words.size())) {
            int place =
                    replaced == null || replaced.isEmpty() ? -1 : word.text().indexOf(replaced);
            command.add(place < 0 ? word : new ShellWord(word.text().substring(0, place), false, word.isQuoted()));
        }
        if (replaced == null && !command.isEmpty()) {
            command.add(ANY);
        }
        return command;
    }

    private void called(String name, List<ShellWord> arguments, List<Redirection> redirections) {
        if (PRINTS.contains(name)) {
            return;
        }
        if (!name.equals("find")) { // which names files also to leave them out
            List<ShellWord> read = SEARCHES.contains(name) ? FileCommands.searched(arguments) : arguments;
            read.forEach(effects::read);
        }
        if (SHELLS.contains(name)) {
            shell(arguments, redirections);
            return;
        }
        switch (name) {
            case "cd" -> {
                ShellWord folder = arguments.stream()
                        .filter(word -> !word.isOption())
                        .findFirst()
                        .orElse(ShellWord.exact("~"));
                if (folder.is("-")) {
                    effects.changeFolderBack();
                } else {
                    effects.changeFolder(folder);
                }
            }
            case "pushd" -> {
                pushed.push(effects.folder());
                effects.changeFolder(arguments.stream()
                        .filter(word -> !word.isOption())
                        .findFirst()
                        .orElse(ANY));
            }
            case "popd" -> {
                if (pushed.isEmpty()) {
                    effects.changeFolder(ANY);
                } else {
                    effects.returnTo(pushed.pop());
                }
            }
            case ".", "source" -> {
                if (!arguments.isEmpty() && arguments.get(0).is(STDIN)) {
                    runTexts(redirections);
                }
            }
            case "eval" -> eval(arguments);
            case "find" -> find(arguments);
            default -> files.called(name, arguments, redirections);
        }
    }

    private void shell(List<ShellWord> arguments, List<Redirection> redirections) {
        boolean takesScript = false;
        for (int i = 0; i < arguments.size(); i++) {
            ShellWord word = arguments.get(i);
            if (word.text().matches("-[a-z]*[oO]")) {
                takesScript |= word.text().contains("c");
                i++;
            } else if (word.isOption() || word.text().startsWith("+")) {
                takesScript |= !word.text().startsWith("--") && word.text().contains("c");
            } else {
                if (takesScript) {
                    run(known(word));
                } else if (word.is(STDIN)) {
                    runTexts(redirections);
                }
                return;
            }
        }
        runTexts(redirections);
    }

    private void runTexts(List<Redirection> redirections) {
        redirections.stream().filter(Redirection::isText).forEach(each -> run(each.body()));
    }

    private void eval(List<ShellWord> arguments) {
        StringBuilder script = new StringBuilder();
        for (ShellWord word : arguments) {
            script.append(known(word)).append(' ');
            if (!word.isExact()) {
                break;
            }
        }
        runApart(script.toString());
    }

    private void runApart(String script) {
        String folder = effects.folder();
        run(script);
        effects.returnTo(folder);
    }

    /** The known part of a script, in which the last word stays unknown where the script is. */
    private static String known(ShellWord script) {
        return script.isExact() ? script.text() : script.text() + "$_";
    }

    private void find(List<ShellWord> arguments) {
        List<ShellWord> starts = new ArrayList<>();
        int at = 0;
        while (at < arguments.size()
                && !arguments.get(at).isOption()
                && !arguments.get(at).is("!")
                && !arguments.get(at).is("(")) {
            effects.read(arguments.get(at));
            starts.add(arguments.get(at++));
        }
        boolean isFiltered = false;
        for (; at < arguments.size(); at++) {
            String test = arguments.get(at).text();
            if (test.equals("-delete")) {
                boolean isPart = isFiltered;
                starts.stream()
                        .filter(start -> !isPart || !start.text().matches("(?:\\./)*\\.?"))
                        .forEach(start -> effects.change(start, "delete"));
            } else if (FIND_RUNS.contains(test)) {
                at = findRun(arguments, at + 1);
            } else if (test.startsWith("-fprint") && at + 1 < arguments.size()) {
                effects.change(arguments.get(++at), "edit");
            } else if (test.matches("-[a-z]*(?:name|path|regex|type|time|min|size|empty|newer|perm|user)")) {
                isFiltered = true;
            }
        }
    }

    private int findRun(List<ShellWord> arguments, int from) {
        List<ShellWord> command = new ArrayList<>();
        int at = from;
        while (at < arguments.size()
                && !arguments.get(at).is(";")
                && !arguments.get(at).is("+")) {
            ShellWord word = arguments.get(at++);
            command.add(word.text().contains("{}") ? ANY : word);
        }
        if (depth < ShellParser.MAX_DEPTH) {
            depth++;
            run(command, List.of());
            depth--;
        } else {
            effects.object(TOO_LARGE);
        }
        return at;
    }
}

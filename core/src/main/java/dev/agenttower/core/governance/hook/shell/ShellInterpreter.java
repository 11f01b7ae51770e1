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
import org.jspecify.annotations.Nullable;

/** Follows a script without running it: through other commands that run a command, and into scripts that are arguments. */
final class ShellInterpreter {
    private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_]\\w*(?:\\[[^\\]]*+\\])?\\+?=");
    private static final Set<String> RESERVED =
            Set.of("!", "{", "}", "if", "then", "elif", "else", "while", "until", "do", "coproc");
    private static final Set<String> OTHER_USERS = Set.of("sudo", "su", "doas", "pkexec");
    private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "zsh", "ksh", "ash");
    private static final Set<String> PRINTS = Set.of("echo", "printf", "true", "false", ":", "for", "case", "select");
    private static final Set<String> SEARCHES = Set.of("grep", "egrep", "fgrep", "rg", "ag", "ack");
    private static final Set<String> FIND_RUNS = Set.of("-exec", "-execdir", "-ok", "-okdir");
    private static final String TOO_LARGE = "it is too long or too deeply nested to be judged";
    private static final ShellWord ANY = new ShellWord("", false, false);

    /** Commands that run another command: the letters of options with a value, and the number of operands before the command. */
    private static final Map<String, Wrapper> WRAPPERS = Map.ofEntries(
            Map.entry("env", new Wrapper("uC", 0)),
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
            Map.entry("xargs", new Wrapper("IiLnPsdaE", 0)),
            Map.entry("timeout", new Wrapper("ks", 1)),
            Map.entry("flock", new Wrapper("wE", 1)));

    private record Wrapper(String valued, int operands) {}

    private final Effects effects;
    private final FileCommands files;
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
        List<ShellWord> words = given;
        int at = 0;
        int copies = 0;
        while (copies < ShellParser.MAX_DEPTH) {
            while (at < words.size() && isBeforeName(words.get(at))) {
                at++;
            }
            if (at == words.size()) {
                return;
            }
            String name = name(words.get(at));
            if (OTHER_USERS.contains(name)) {
                effects.object("'" + name + "' is not permitted");
                return;
            }
            Wrapper wrapper = WRAPPERS.get(name);
            if (wrapper == null) {
                called(name, words.subList(at + 1, words.size()), redirections);
                return;
            }
            int from = at + 1;
            at = skip(words, from, wrapper);
            if (name.equals("command") && at > from && words.get(from).text().matches("-[vV]+")) {
                return;
            }
            if (name.equals("xargs")) {
                words = withUnknown(words, words.subList(from, at), at);
                at = 0;
                copies++;
            }
        }
        effects.object(TOO_LARGE);
    }

    private static boolean isBeforeName(ShellWord word) {
        return ASSIGNMENT.matcher(word.text()).lookingAt()
                || (word.isExact() && !word.isQuoted() && RESERVED.contains(word.text()));
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
            if (option.startsWith("-I")) {
                replaced = option.length() > 2
                        ? option.substring(2)
                        : i + 1 < options.size() ? options.get(i + 1).text() : "{}";
            }
        }
        for (ShellWord word : words.subList(at, words.size())) {
            command.add(replaced != null && !replaced.isEmpty() && word.text().contains(replaced) ? ANY : word);
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
        List<ShellWord> read = SEARCHES.contains(name) ? FileCommands.searched(arguments) : arguments;
        read.forEach(effects::read);
        if (SHELLS.contains(name)) {
            shell(arguments, redirections);
            return;
        }
        switch (name) {
            case "cd", "pushd" ->
                effects.changeFolder(arguments.stream()
                        .filter(word -> !word.isOption())
                        .findFirst()
                        .orElse(ShellWord.exact("~")));
            case "popd" -> effects.changeFolder(ANY);
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
                }
                return;
            }
        }
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
        String folder = effects.folder();
        run(script.toString());
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

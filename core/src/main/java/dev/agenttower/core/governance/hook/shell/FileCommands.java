package dev.agenttower.core.governance.hook.shell;

import dev.agenttower.core.governance.hook.shell.ShellStep.Redirection;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What well-known commands change. */
final class FileCommands {
    private static final Pattern PYTHON = Pattern.compile("(?:python|pypy)[0-9.]*");
    private static final Pattern PYTHON_WRITES = Pattern.compile(
            "\\bopen\\b|write|\\bPath\\b|\\bos\\.(?:remove|unlink|rename|replace|rmdir|removedirs|truncate|symlink|link)\\b|shutil");
    private static final Pattern NODE_WRITES = Pattern.compile("writeFile|appendFile|\\bfs\\.");
    private static final Pattern RUBY_WRITES = Pattern.compile("File\\.write|File\\.open|IO\\.write");
    private static final Pattern PERL_WRITES = Pattern.compile("\\b(?:open|unlink|rename)\\b|\\bprint [A-Z]+ ");
    private static final Pattern FOLDER = Pattern.compile("(?:.*/)?\\.{0,2}", Pattern.DOTALL);
    /** What a name of a file ends with, and a branch hardly ever. */
    private static final Pattern NAMED_FILE = Pattern.compile(".*\\.[A-Za-z]\\w{0,9}", Pattern.DOTALL);

    private static final Pattern SYSTEM =
            Pattern.compile("/(?:etc|proc|sys|dev|boot|sbin|usr/sbin)(?:/.*)?", Pattern.DOTALL);
    private static final Pattern CHANGED = Pattern.compile("(?m)^(?:---|\\+\\+\\+) ([^\\t\\n]+)");

    private final Effects effects;

    FileCommands(Effects effects) {
        this.effects = effects;
    }

    /** The arguments of a search but its pattern. */
    static List<ShellWord> searched(List<ShellWord> words) {
        Arguments arguments =
                Arguments.of(words, List.of("-e", "-f", "-m", "-A", "-B", "-C", "-g", "-t", "--regexp", "--file"));
        List<ShellWord> read = new ArrayList<>(
                arguments.operandsFrom(arguments.has("-e", "-f", "--regexp", "--file", "--files") ? 0 : 1));
        ShellWord patterns = arguments.value("-f", "--file");
        if (patterns != null) {
            read.add(patterns);
        }
        return read;
    }

    /** Notes what a command changes. */
    void called(String name, List<ShellWord> words, List<Redirection> redirections) {
        switch (name) {
            case "tee", "sponge" -> effects.changeAll(operands(words), "edit");
            case "touch" -> effects.changeAll(operands(words, "-d", "-r", "-t", "--date", "--reference"), "edit");
            case "truncate" -> effects.changeAll(operands(words, "-s", "-r", "--size", "--reference"), "edit");
            case "mkdir", "mkfifo" -> effects.changeAll(operands(words, "-m", "--mode"), "edit");
            case "rm", "rmdir", "unlink", "shred" -> effects.changeAll(operands(words), "delete");
            case "chmod", "chown", "chgrp" -> mode(Arguments.of(words, List.of()));
            case "cp", "mv", "install", "ln", "link", "rsync", "scp" -> copy(name, words);
            case "dd" ->
                words.stream()
                        .filter(word -> word.text().startsWith("of="))
                        .forEach(word -> effects.change(word.from(3), "edit"));
            case "sed", "gsed" -> sed(words);
            case "awk", "gawk" -> awk(words);
            case "patch" -> patch(words, redirections);
            case "tar", "bsdtar" -> tar(words);
            case "unzip" -> changeFolder(Arguments.of(words, List.of("-d")).value("-d"));
            case "zip" -> operands(words).stream().limit(1).forEach(this::changeFile);
            case "curl" -> curl(words);
            case "wget" -> wget(words);
            case "git" -> git(words, redirections);
            case "perl" -> perl(words);
            case "ruby" -> oneLiner(words, RUBY_WRITES, "-e");
            case "node", "nodejs", "bun", "deno" -> node(words);
            default -> {
                if (PYTHON.matcher(name).matches()) {
                    oneLiner(words, PYTHON_WRITES, "-c");
                }
            }
        }
    }

    private static List<ShellWord> operands(List<ShellWord> words, String... valued) {
        return Arguments.of(words, List.of(valued)).operands();
    }

    private void changeFile(@Nullable ShellWord path) {
        if (path != null && !path.is("-")) {
            effects.change(path, "edit");
        }
    }

    /** The content of a folder is changed; the folder itself counts unless it is the working folder, in which most is free. */
    private void changeFolder(@Nullable ShellWord path) {
        if (path != null && !path.text().matches("(?:\\./)*\\.?")) {
            effects.change(path, "edit");
        }
    }

    private void mode(Arguments arguments) {
        boolean hasMode = arguments.has("--reference", "-r", "-w", "-x", "-X", "-s", "-t");
        effects.changeAll(arguments.operandsFrom(hasMode ? 0 : 1), "edit");
    }

    private void copy(String name, List<ShellWord> words) {
        Arguments arguments = Arguments.of(
                words,
                switch (name) {
                    case "install" -> List.of("-m", "-o", "-g", "-t", "-S", "--mode", "--owner", "--group");
                    case "rsync" -> List.of("-e", "-f", "--rsh", "--exclude", "--include", "--filter");
                    case "scp" -> List.of("-i", "-P", "-o", "-F", "-c", "-l", "-S");
                    default -> List.of("-t", "-S", "--target-directory", "--suffix");
                });
        if (name.equals("install") && arguments.has("-d", "--directory")) {
            effects.changeAll(arguments.operands(), "edit");
            return;
        }
        boolean isLocal = !name.equals("rsync") && !name.equals("scp");
        ShellWord target = isLocal ? arguments.value("-t", "--target-directory") : null;
        List<ShellWord> sources = arguments.operands();
        boolean isFolder = target != null;
        if (target == null && name.equals("ln") && sources.size() == 1) {
            target = ShellWord.exact("./");
        } else if (target == null && sources.size() > 1) {
            target = sources.get(sources.size() - 1);
            sources = sources.subList(0, sources.size() - 1);
        }
        if (target == null) {
            return;
        }
        if (name.equals("mv")) {
            effects.changeAll(sources, "delete");
        }
        boolean isLink = name.equals("ln")
                || name.equals("link")
                || (name.equals("cp") && arguments.has("-s", "-l", "--symbolic-link", "--link"));
        if (isLink) {
            sources.stream()
                    .filter(source -> SYSTEM.matcher(source.text()).matches())
                    .forEach(source -> effects.object("it links to the sensitive path " + source.text()));
        }
        if (isLocal) {
            put(target, sources, isFolder);
        } else if (target.text().indexOf(':') < 0) {
            changeFolder(target);
        }
    }

    private void put(ShellWord target, List<ShellWord> sources, boolean isFolder) {
        boolean intoFolder =
                isFolder || sources.size() > 1 || FOLDER.matcher(target.text()).matches();
        for (ShellWord source : sources) {
            String from = source.text();
            if (!source.isExact() || !target.isExact()) {
                effects.changeIn(target);
                if (target.isExact() && NAMED_FILE.matcher(target.text()).matches()) {
                    effects.change(target, "edit");
                }
            } else if (!intoFolder) {
                effects.change(target, "edit");
            } else if (!FOLDER.matcher(from).matches()) {
                effects.change(
                        ShellWord.exact(target.text() + "/" + from.substring(from.lastIndexOf('/') + 1)), "edit");
            } else {
                changeFolder(target);
            }
        }
    }

    private void sed(List<ShellWord> words) {
        Arguments arguments = Arguments.of(words, List.of("-e", "-f", "-l", "-i?", "--expression", "--file"));
        if (arguments.has("-i", "--in-place")) {
            List<ShellWord> operands =
                    arguments.operands().stream().filter(word -> !word.is("")).toList();
            int scripts = arguments.has("-e", "-f", "--expression", "--file") ? 0 : 1;
            effects.changeAll(operands.subList(Math.min(scripts, operands.size()), operands.size()), "edit");
        }
    }

    private void awk(List<ShellWord> words) {
        Arguments arguments = Arguments.of(words, List.of("-i", "-f", "-F", "-v", "--include", "--file"));
        ShellWord included = arguments.value("-i", "--include");
        if (included != null && included.is("inplace")) {
            effects.changeAll(arguments.operandsFrom(arguments.has("-f", "--file") ? 0 : 1), "edit");
        }
    }

    private void perl(List<ShellWord> words) {
        Arguments arguments = Arguments.of(words, List.of("-e", "-E", "-i?"));
        if (arguments.has("-i")) {
            effects.changeAll(arguments.operandsFrom(arguments.has("-e", "-E") ? 0 : 1), "edit");
        }
        oneLiner(words, PERL_WRITES, "-e", "-E");
    }

    private void patch(List<ShellWord> words, List<Redirection> redirections) {
        Arguments arguments = Arguments.of(words, List.of("-p", "-i", "-o", "-d", "-D", "-F", "--directory"));
        if (arguments.has("--dry-run", "-C")) {
            return;
        }
        changeFile(arguments.value("-o", "--output"));
        arguments.operands().stream().limit(1).forEach(this::changeFile);
        ShellWord strip = arguments.value("-p", "--strip");
        if (strip != null && arguments.operands().isEmpty()) {
            changedByDiff(redirections, strip.text(), arguments.value("-d", "--directory"));
        }
    }

    /** The files of a diff in a here-document. */
    private void changedByDiff(List<Redirection> redirections, String strip, @Nullable ShellWord folder) {
        int names = strip.matches("[0-9]") ? Integer.parseInt(strip) : 1;
        String before = folder == null ? "" : folder.text() + "/";
        for (Redirection redirection : redirections) {
            if (redirection.isText()) {
                CHANGED.matcher(redirection.body())
                        .results()
                        .map(line -> line.group(1).strip())
                        .forEach(path -> {
                            String[] parts = path.split("/", names + 1);
                            if (!path.equals("/dev/null") && parts.length == names + 1) {
                                effects.change(ShellWord.exact(before + parts[names]), "patch");
                            }
                        });
            }
        }
    }

    private void tar(List<ShellWord> words) {
        if (words.isEmpty()) {
            return;
        }
        List<ShellWord> dashed = new ArrayList<>(words);
        if (!words.get(0).isOption()) {
            dashed = withDashes(words);
        }
        Arguments arguments =
                Arguments.of(dashed, List.of("-f", "-C", "-T", "-X", "-b", "--file", "--directory", "--exclude"));
        readInFolders(dashed);
        if (arguments.has("-x", "--extract", "--get")) {
            changeFolder(arguments.value("-C", "--directory"));
        } else if (arguments.has("-c", "-r", "-u", "-A", "--create", "--append", "--update")) {
            changeFile(arguments.value("-f", "--file"));
        }
    }

    /** Letters without a dash, whose values follow in their order. */
    private static List<ShellWord> withDashes(List<ShellWord> words) {
        List<ShellWord> dashed = new ArrayList<>();
        int at = 1;
        for (char letter : words.get(0).text().toCharArray()) {
            dashed.add(ShellWord.exact("-" + letter));
            if ("fCTXb".indexOf(letter) >= 0 && at < words.size()) {
                dashed.add(words.get(at++));
            }
        }
        dashed.addAll(words.subList(at, words.size()));
        return dashed;
    }

    /** Each {@code -C} moves to the folder in which the members behind it are. */
    private void readInFolders(List<ShellWord> words) {
        String folder = effects.folder();
        for (int i = 0; i < words.size(); i++) {
            if ((words.get(i).is("-C") || words.get(i).is("--directory")) && i + 1 < words.size()) {
                effects.changeFolder(words.get(++i));
            } else if (words.get(i).text().startsWith("--directory=")) {
                effects.changeFolder(words.get(i).from("--directory=".length()));
            } else {
                effects.read(words.get(i));
            }
        }
        effects.returnTo(folder);
    }

    private void curl(List<ShellWord> words) {
        Arguments arguments = Arguments.of(
                words,
                List.of(
                        "-o",
                        "-d",
                        "-H",
                        "-X",
                        "-u",
                        "-A",
                        "-e",
                        "-F",
                        "-T",
                        "-b",
                        "-c",
                        "-m",
                        "-w",
                        "-x",
                        "-K",
                        "-D",
                        "-E",
                        "-r",
                        "--output",
                        "--data",
                        "--header",
                        "--request",
                        "--cookie-jar",
                        "--dump-header"));
        changeFile(arguments.value("-o", "--output"));
        changeFile(arguments.value("-c", "--cookie-jar"));
        changeFile(arguments.value("-D", "--dump-header"));
    }

    private void wget(List<ShellWord> words) {
        Arguments arguments = Arguments.of(
                words, List.of("-O", "-P", "-o", "-a", "-t", "-T", "-U", "--output-document", "--directory-prefix"));
        changeFile(arguments.value("-O", "--output-document"));
        changeFile(arguments.value("-o", "-a"));
        changeFolder(arguments.value("-P", "--directory-prefix"));
    }

    private void git(List<ShellWord> words, List<Redirection> redirections) {
        String folder = effects.folder();
        int at = 0;
        while (at < words.size() && words.get(at).isOption()) {
            if (words.get(at).is("-C") && at + 1 < words.size()) {
                effects.changeFolder(words.get(at + 1));
            }
            at += words.get(at).is("-C") || words.get(at).is("-c") ? 2 : 1;
        }
        if (at < words.size()) {
            git(words.get(at).text(), words.subList(at + 1, words.size()), redirections);
        }
        effects.returnTo(folder);
    }

    private void git(String command, List<ShellWord> words, List<Redirection> redirections) {
        Arguments arguments = Arguments.of(words, List.of("-s", "-b", "-B", "-o", "--source", "--directory"));
        switch (command) {
            case "checkout" -> {
                int dashes = words.indexOf(ShellWord.exact("--"));
                boolean isSwitch = arguments.has("-b", "-B", "--orphan", "--detach", "-t", "--track");
                List<ShellWord> paths = dashes >= 0
                        ? words.subList(dashes + 1, words.size())
                        : isSwitch ? List.of() : arguments.operandsFrom(isFirstFile(arguments) ? 0 : 1);
                paths.forEach(this::changeFolder);
            }
            case "diff", "log", "show", "format-patch" -> changeFile(arguments.value("--output"));
            case "archive" -> changeFile(arguments.value("-o", "--output"));
            case "config" -> {
                Arguments settings = Arguments.of(words, List.of("-f", "--file"));
                boolean isAsked = settings.has("--get", "--get-all", "--get-regexp", "-l", "--list");
                if (!isAsked && (settings.operands().size() > 1 || settings.has("--unset", "--unset-all", "-e"))) {
                    changeFile(settings.value("-f", "--file"));
                }
            }
            case "bundle" -> {
                if (!words.isEmpty() && words.get(0).is("create")) {
                    arguments.operandsFrom(1).stream().limit(1).forEach(this::changeFile);
                }
            }
            case "clone" -> arguments.operandsFrom(1).stream().limit(1).forEach(this::changeFolder);
            case "worktree" -> {
                if (!words.isEmpty() && words.get(0).is("add")) {
                    arguments.operandsFrom(1).stream().limit(1).forEach(this::changeFolder);
                }
            }
            case "restore" -> {
                if (!arguments.has("--staged", "-S") || arguments.has("--worktree", "-W")) {
                    arguments.operands().forEach(this::changeFolder);
                }
            }
            case "rm" -> {
                if (!arguments.has("--cached", "-n", "--dry-run")) {
                    effects.changeAll(arguments.operands(), "delete");
                }
            }
            case "mv" -> copy("mv", words);
            case "apply" -> {
                if (!arguments.has("--check", "--stat", "--cached")) {
                    changedByDiff(redirections, "1", arguments.value("--directory"));
                }
            }
            case "push" ->
                arguments.operands().stream()
                        .map(word -> word.text().startsWith("file://") ? word.from("file://".length()) : word)
                        .filter(word -> word.text().matches("(?s)(?:/|~|\\.\\./).*"))
                        .forEach(this::changeFile);
            default -> {}
        }
    }

    /** Whether a checkout names files alone: what it names first looks like one, not like a branch. */
    private static boolean isFirstFile(Arguments arguments) {
        return !arguments.operands().isEmpty()
                && NAMED_FILE.matcher(arguments.operands().get(0).text()).matches();
    }

    private void node(List<ShellWord> words) {
        Arguments arguments = Arguments.of(words, List.of("-e", "--eval"));
        ShellWord printed = arguments.value("-p", "--print");
        ShellWord script = arguments.value("-e", "--eval");
        // The script that is printed is an argument of its own, also if both options stand in one word.
        if (script == null && printed != null) {
            script = printed.is("") ? arguments.operands().stream().findFirst().orElse(null) : printed;
        }
        oneLiner(script, NODE_WRITES);
    }

    private void oneLiner(List<ShellWord> words, Pattern writes, String... options) {
        oneLiner(Arguments.of(words, List.of(options)).value(options), writes);
    }

    private void oneLiner(@Nullable ShellWord script, Pattern writes) {
        if (script != null && writes.matcher(script.text()).find()) {
            effects.object(
                    "it contains scripting language with file write operations, or opens files; use the tools for files");
        }
    }
}

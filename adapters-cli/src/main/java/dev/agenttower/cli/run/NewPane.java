package dev.agenttower.cli.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.CommandFailure;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.command.ExitCode;
import dev.agenttower.cli.governance.session.Assignment;
import dev.agenttower.cli.pane.Tmux;
import dev.agenttower.cli.surroundings.TmuxIdentity;
import dev.agenttower.client.JsonText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Opens a pane in which this program runs again, with {@code --here}. */
final class NewPane {
    /** Set in the new pane, which closes with its program and takes a failure along, unless a key is awaited. */
    static final String OWN_PANE = "AGENTTOWER_RUN_OWN_PANE";

    /** What a tmux server has of its own start and not of this command's environment, and leads to the same daemon. */
    private static final List<String> PASSED_ON = List.of(
            "PATH",
            "HOME",
            "XDG_CONFIG_HOME",
            "XDG_STATE_HOME",
            "XDG_CACHE_HOME",
            "XDG_RUNTIME_DIR",
            "AGENTTOWER_SOCKET",
            "JAVA_HOME");

    private static final long SECONDS_TO_REGISTER = 20;
    private static final long PAUSE_MILLIS = 50;
    private static final String FORMAT = "#{pane_id} #{session_name}";

    private final CliContext context;

    NewPane(CliContext context) {
        this.context = context;
    }

    /**
     * Opens the pane, and returns when its agent is registered.
     *
     * @throws CommandFailure if tmux refuses it, or the pane ends before
     */
    Opened open(boolean isSplit, AgentProgram program, String label, Path folder, Optional<Assignment> work) {
        boolean isInTmux = TmuxIdentity.of(context.environment()) instanceof TmuxIdentity.InPane;
        List<String> command = new ArrayList<>();
        if (!isInTmux) {
            command.addAll(List.of("new-session", "-d", "-s", name(label)));
        } else if (isSplit) {
            command.add("split-window");
        } else {
            command.addAll(List.of("new-window", "-n", name(label)));
        }
        command.addAll(List.of("-P", "-F", FORMAT, "-c", folder.toString()));
        for (String name : PASSED_ON) {
            String value = context.variable(name);
            if (value != null) {
                command.addAll(List.of("-e", name + "=" + value));
            }
        }
        command.addAll(List.of("-e", OWN_PANE + "=1"));
        command.addAll(List.of(context.programFolder().resolve("agenttower").toString(), "run", "--here"));
        command.addAll(List.of("--label", label));
        work.ifPresent(governed -> command.addAll(List.of("--role", governed.role(), "--spec", governed.spec())));
        command.add("--");
        command.addAll(program.command());
        Tmux tmux = Tmux.ofCaller(context);
        String[] opened = open(command, tmux).split(" ", 2);
        Opened pane = new Opened(opened[0], opened.length == 2 ? opened[1] : "");
        await(pane, label, tmux);
        return pane;
    }

    /** A label as the name of a window or session, in which tmux would expand its formats. */
    private static String name(String label) {
        return label.replace("#", "##");
    }

    /** Opens the pane; in a session without a name where another one has that of the label. */
    private static String open(List<String> command, Tmux tmux) {
        List<String> whole = command.stream().map(NewPane::escaped).toList();
        Tmux.Answer answer = tmux.ask(whole);
        if (!answer.isSuccess() && answer.text().startsWith("duplicate session")) {
            List<String> unnamed = new ArrayList<>(whole);
            int name = unnamed.indexOf("-s");
            unnamed.subList(name, name + 2).clear();
            return tmux.must(unnamed);
        }
        if (!answer.isSuccess()) {
            throw Tmux.failure(whole, answer);
        }
        return answer.text();
    }

    /** To tmux, a semicolon at the end of an argument ends its command. */
    private static String escaped(String argument) {
        return argument.endsWith(";") ? argument.substring(0, argument.length() - 1) + "\\;" : argument;
    }

    private void await(Opened pane, String label, Tmux tmux) {
        long deadline = System.nanoTime() + SECONDS_TO_REGISTER * 1_000_000_000L;
        try (DaemonAccess daemon = DaemonAccess.of(context)) {
            AgentLabels labels = new AgentLabels(daemon);
            while (!labels.isTaken(label)) {
                boolean isThere = tmux.ask(List.of("display-message", "-p", "-t", pane.paneId(), "#{pane_id}"))
                        .text()
                        .equals(pane.paneId());
                if (!isThere || System.nanoTime() - deadline > 0) {
                    throw new CommandFailure(
                            ExitCode.REFUSED,
                            "error: pane " + pane.paneId()
                                    + (isThere
                                            ? " does not become an agent; it shows why"
                                            : " ended before it became an agent"));
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * A pane that was opened.
     *
     * @param paneId such as {@code %3}
     * @param sessionName the name of its session
     */
    record Opened(String paneId, String sessionName) {
        ObjectNode json(String label) {
            return JsonText.object().put("label", label).put("pane", paneId).put("session", sessionName);
        }
    }
}

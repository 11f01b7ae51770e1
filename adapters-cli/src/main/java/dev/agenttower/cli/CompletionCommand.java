package dev.agenttower.cli;

import dev.agenttower.cli.command.CliContext;
import java.util.ArrayList;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code agenttower completion}. */
@Command(
        name = "completion",
        description = "print a script that completes commands, options and labels of agents in bash and zsh",
        footer = {"  source <(agenttower completion)", "  agenttower completion > ~/.agenttower-completion.bash"})
final class CompletionCommand implements Runnable {
    private static final String AGENT = "AGENT";
    /** The place for agents that have ended. */
    private static final String ENDED = "\"agent forget\"";

    /** Takes precedence over the script of picocli, which knows no values that change. */
    private static final String AGENTS_SCRIPT = """

            # Completes the label or id of an agent; the daemon is asked for them.
            function _agenttower_agents() {
              local name word
              word="${COMP_WORDS[COMP_CWORD]}"
              COMPREPLY=()
              while IFS= read -r name; do
                if [[ -n "$name" && "$name" == "$word"* ]]; then
                  COMPREPLY+=("$(printf '%%q' "$name")")
                fi
              done < <("${COMP_WORDS[0]}" list-agents $1 2>/dev/null | tail -n +2 | cut -f 1,2 | tr '\\t' '\\n')
            }

            function _complete_agenttower_and_agents() {
              case "${COMP_WORDS[*]:1:COMP_CWORD-1}" in
                %s) _agenttower_agents ;;
                %s) _agenttower_agents --active-only ;;
                *) _complete_agenttower ;;
              esac
            }

            complete -F _complete_agenttower_and_agents -o default agenttower agenttower.sh agenttower.bash
            """;

    private final CliContext context;

    CompletionCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public void run() {
        CommandLine commands = AgentTowerCommand.parser(List.of(), context);
        List<String> places = new ArrayList<>();
        addPlaces(commands, "", places);
        places.remove(ENDED);
        context.out().print(AutoComplete.bash(AgentTowerCommand.NAME, commands));
        context.out().print(AGENTS_SCRIPT.formatted(ENDED, String.join(" | ", places)));
    }

    /** Adds the shell patterns of the words that precede the name of an agent. */
    private static void addPlaces(CommandLine command, String words, List<String> places) {
        for (OptionSpec option : command.getCommandSpec().options()) {
            if (isAgent(option)) {
                places.add("\"" + words.strip() + "\"*\" " + option.longestName() + "\"");
            }
        }
        for (PositionalParamSpec parameter : command.getCommandSpec().positionalParameters()) {
            if (isAgent(parameter) && parameter.index().min() == 0) {
                places.add("\"" + words.strip() + "\"");
            }
        }
        command.getSubcommands().forEach((name, subcommand) -> addPlaces(subcommand, words + " " + name, places));
    }

    private static boolean isAgent(ArgSpec argument) {
        return argument.paramLabel().equals(AGENT);
    }
}

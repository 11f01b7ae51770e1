package dev.agenttower.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The groups of commands: words that another word must follow. */
enum CommandGroup {
    /** {@code agenttower config}. */
    CONFIG("config", "where files lie, first setup, and checks", "agenttower config init"),
    /** {@code agenttower project}. */
    PROJECT("project", "the folders under governance", "agenttower project init ."),
    /** {@code agenttower policy}. */
    POLICY("policy", "who may do what, and where", "agenttower policy check src/app.js --action edit --spec SPEC-001"),
    /** {@code agenttower session}. */
    SESSION("session", "agents at work, each in one role", "agenttower session list"),
    /** {@code agenttower scr}. */
    SCR("scr", "sovereign change requests: what agents propose and a human decides", "agenttower scr list"),
    /** {@code agenttower request}. */
    REQUEST("request", "requests between roles", "agenttower request list"),
    /** {@code agenttower ledger}. */
    LEDGER("ledger", "the record of all that was decided and done", "agenttower ledger tail --follow"),
    /** {@code agenttower operator}. */
    OPERATOR("operator", "what proves that you are the human", "agenttower operator set-passphrase");

    private final String word;
    private final String summary;
    private final String example;

    CommandGroup(String word, String summary, String example) {
        this.word = word;
        this.summary = summary;
        this.example = example;
    }

    static @Nullable CommandGroup named(String word) {
        for (CommandGroup group : values()) {
            if (group.word.equals(word)) {
                return group;
            }
        }
        return null;
    }

    String word() {
        return word;
    }

    String summary() {
        return summary;
    }

    String example() {
        return example;
    }

    List<CommandName> commands() {
        List<CommandName> commands = new ArrayList<>();
        for (CommandName name : CommandName.values()) {
            if (name.group() == this) {
                commands.add(name);
            }
        }
        return commands;
    }
}

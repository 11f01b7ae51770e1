package dev.agenttower.cli;

import dev.agenttower.cli.form.OptionForm;

/** What the commands that describe an agent have in common. */
final class AgentForm {
    static final String CAPABILITIES = "claude, codex, gemini, opencode, shell, test-runner or unknown";
    static final OptionForm CAPABILITY = OptionForm.value("--capability", "CAPABILITY", CAPABILITIES);
    static final OptionForm LABEL =
            OptionForm.value("--label", "LABEL", "what to call the agent, at most 64 characters");

    private AgentForm() {}
}

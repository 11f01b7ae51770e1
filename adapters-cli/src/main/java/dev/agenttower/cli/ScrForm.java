package dev.agenttower.cli;

import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.OperandForm;

/** What the commands about one change request have in common. */
final class ScrForm {
    static final OperandForm ID = OperandForm.required("SCR_ID", "the change request, such as scr_20260220_150000_001");

    private ScrForm() {}

    static String id(Arguments arguments) {
        return arguments.required(ID.name());
    }
}

package dev.agenttower.core.governance.human;

import dev.agenttower.core.governance.role.ProcessMark;

/**
 * A process that lives.
 *
 * @param mark which one
 * @param session the process that leads its session, which its children keep when it ends; 0 when there is none
 * @param terminal the number of the terminal that controls its session; 0 when there is none
 */
public record LiveProcess(ProcessMark mark, long session, long terminal) {
    /** Whether a terminal controls it. */
    public boolean hasTerminal() {
        return terminal != 0;
    }
}

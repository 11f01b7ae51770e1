package dev.agenttower.core.governance.human;

import dev.agenttower.core.governance.role.ProcessMark;

/**
 * A process that lives.
 *
 * @param mark which one
 * @param session the process that leads its session, which its children keep when it ends; 0 when there is none
 */
public record LiveProcess(ProcessMark mark, long session) {}

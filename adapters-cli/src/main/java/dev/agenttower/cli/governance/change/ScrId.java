package dev.agenttower.cli.governance.change;

import picocli.CommandLine.Parameters;

/** The change request that a command is about. */
final class ScrId {
    @Parameters(paramLabel = "SCR_ID", description = "the change request, such as scr_20260220_150000_001")
    private String id;

    String id() {
        return id;
    }
}

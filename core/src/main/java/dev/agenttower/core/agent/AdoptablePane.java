package dev.agenttower.core.agent;

import dev.agenttower.core.pane.PaneKey;

/** A pane that rules may adopt, with the name of its container. */
public record AdoptablePane(PaneKey pane, String containerName) {}

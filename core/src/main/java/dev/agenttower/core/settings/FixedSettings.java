package dev.agenttower.core.settings;

record FixedSettings(ContainerRule containerRule, EventSettings events, DiscoverySettings discovery)
        implements SettingsSource {}

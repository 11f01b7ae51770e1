package dev.agenttower.core.container;

/**
 * A running container under one of its names. A container with two names is listed twice.
 *
 * @param name without the leading slash
 * @param status the engine's words, such as {@code Up 3 hours}
 */
public record RunningContainer(ContainerId id, String name, String image, String status) {}

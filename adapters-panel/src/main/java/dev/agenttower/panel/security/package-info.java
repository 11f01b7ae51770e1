/**
 * Who may use the panel: the one-time link, sessions of browsers, where a request comes from, and which process sends it.
 */
@NullMarked
package dev.agenttower.panel.security;

import org.jspecify.annotations.NullMarked;

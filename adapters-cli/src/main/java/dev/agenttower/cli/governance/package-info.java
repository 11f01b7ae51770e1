/**
 * What the commands about governed projects show: {@link dev.agenttower.cli.governance.DiffView} for changes, {@link
 * dev.agenttower.cli.governance.Listing} for rows. Everything that comes from elsewhere is made harmless here.
 */
@NullMarked
package dev.agenttower.cli.governance;

import org.jspecify.annotations.NullMarked;

/**
 * What a command accepts, as data, and how its arguments are read: {@link dev.agenttower.cli.form.CommandForm} declares,
 * {@link dev.agenttower.cli.form.ArgumentParser} reads. It knows nothing of what commands do.
 */
@NullMarked
package dev.agenttower.cli.form;

import org.jspecify.annotations.NullMarked;

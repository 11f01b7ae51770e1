/**
 * The six checks of {@code config doctor}: {@link dev.agenttower.cli.doctor.Doctor} makes them,
 * {@link dev.agenttower.cli.doctor.DoctorReport} says them. Nothing is written and no program is started.
 */
@NullMarked
package dev.agenttower.cli.doctor;

import org.jspecify.annotations.NullMarked;

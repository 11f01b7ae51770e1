/**
 * The checks of {@code config doctor}: {@link dev.agenttower.cli.doctor.Doctor} runs them, {@link dev.agenttower.cli.doctor.DoctorReport}
 * prints them. They write nothing and start no program.
 */
@NullMarked
package dev.agenttower.cli.doctor;

import org.jspecify.annotations.NullMarked;

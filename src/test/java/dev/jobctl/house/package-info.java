/// The fences of the house: what may import what, what pure rooms never touch, how names and files look.
/// Reads the compiled classes and the sources; every complaint names the class and says what to do.
/// Imports ArchUnit and the JDK only.
/// Never makes an exception for one class: a rule that is wrong is changed for all.
/// Start at {@link dev.jobctl.house.RoomsTest}.
@NullMarked
package dev.jobctl.house;

import org.jspecify.annotations.NullMarked;

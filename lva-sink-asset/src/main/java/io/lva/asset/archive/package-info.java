/** An asset as a whole: its folder, its index, and what is done after a crash. */
@org.jspecify.annotations.NullMarked
package io.lva.asset.archive;

/** Assets in the folders of a disk, and every file call after one interface. */
@org.jspecify.annotations.NullMarked
package io.lva.asset.disk;

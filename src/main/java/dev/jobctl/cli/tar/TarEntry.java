package dev.jobctl.cli.tar;

import java.time.Instant;

/// One entry of an archive, without its content.
///
/// @param name as it stands there: it may begin with `/`, hold `..`, or be anything else
/// @param link where a link leads, empty for all others; of a hard link the name of an earlier entry
/// @param size of the content that follows
/// @param mode the permissions, no type
public record TarEntry(String name, Type type, String link, long size, int mode, Owner owner, Instant modified) {
    /// What an entry is.
    public enum Type {
        FILE,
        DIRECTORY,
        SYMLINK,
        HARD_LINK,
        /// A device, a pipe, or what nobody knows.
        SPECIAL
    }

    /// @param user its name, at most 31 bytes of it are kept; empty when unknown
    public record Owner(long uid, long gid, String user, String group) {
        public static final Owner NOBODY = new Owner(0, 0, "", "");
    }
}

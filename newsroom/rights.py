"""Who may do what: the one table of rights, and the one question that is asked of it. Pure."""

from enum import IntEnum


class Role(IntEnum):
    """Who administers; a higher one may do all that a lower one may."""

    MODERATOR = 1  # looks after answers and people
    ADMIN = 2  # looks after outlets and the machine
    OWNER = 3  # named in the settings, once; the only one who makes admins

    @property
    def title(self) -> str:
        """As it is stored and shown."""
        return self.name.lower()

    @classmethod
    def of(cls, title: str | None) -> "Role | None":
        """Back from its title; None for what is none."""
        return next((role for role in cls if role.title == title), None)


#: Each command and each act of one -> the lowest role that may. What stands not here nobody may do. A moderator looks
#: after what people meet: reports, stories, people who flood. What touches outlets, texts or the machine is for
#: admins; who administers is for the owner.
RIGHTS: dict[str, Role] = {
    "corrections": Role.MODERATOR,
    "corrections.fix": Role.MODERATOR,
    "corrections.send": Role.MODERATOR,
    "corrections.reject": Role.MODERATOR,
    "stories": Role.MODERATOR,
    "stories.merge": Role.MODERATOR,
    "stories.split": Role.MODERATOR,
    "stories.hide": Role.MODERATOR,
    "stories.show": Role.MODERATOR,
    "stories.rerun": Role.MODERATOR,
    "users": Role.MODERATOR,
    "users.block": Role.MODERATOR,
    "users.unblock": Role.MODERATOR,
    "users.limit": Role.ADMIN,
    "outlets": Role.MODERATOR,
    "outlets.add": Role.ADMIN,
    "outlets.confirm": Role.ADMIN,
    "outlets.pause": Role.ADMIN,
    "outlets.resume": Role.ADMIN,
    "outlets.limit": Role.ADMIN,
    "outlets.file": Role.MODERATOR,
    "channels": Role.MODERATOR,
    "channels.pause": Role.ADMIN,
    "channels.resume": Role.ADMIN,
    "channels.stop": Role.ADMIN,
    "jobs": Role.ADMIN,
    "jobs.retry": Role.ADMIN,
    "jobs.updates": Role.ADMIN,
    "stats": Role.MODERATOR,
    "stats.file": Role.MODERATOR,
    "broadcast": Role.ADMIN,
    "broadcast.send": Role.ADMIN,
    "broadcast.progress": Role.ADMIN,
    "broadcast.stop": Role.ADMIN,
    "config": Role.ADMIN,
    "config.set": Role.ADMIN,
    "audit": Role.ADMIN,
    "audit.file": Role.ADMIN,
    "backup": Role.ADMIN,
    "backup.make": Role.ADMIN,
    "takedown": Role.ADMIN,
    "takedown.confirm": Role.ADMIN,
    "health": Role.MODERATOR,
    "admins": Role.ADMIN,
    "admins.grant": Role.OWNER,
    "admins.revoke": Role.OWNER,
}


def may(role: Role | None, act: str) -> bool:
    """Whether a role may do an act; nobody may do what the table does not have."""
    lowest = RIGHTS.get(act)
    return role is not None and lowest is not None and role >= lowest

/** Generated files as they are on disk. */
import type { CodeEntry } from "./entry.ts";

export const write = {
  OUTPUT_OUT_OF_DATE: {
    title: "Rendered files are out of date",
    meaning:
      "`render --check` found files in kubernetes/ that differ from what the authored files give.",
    remedy: "Run `npm run render` and commit the result.",
  },
  WRITE_FOREIGN_FILE: {
    title: "A file RZP did not write is in the way",
    meaning:
      "A rendered file belongs at a path where a file without RZP's marker is. Nothing was written.",
    remedy: "Move the file elsewhere, or delete it if nobody needs it, then render again.",
  },
  WRITE_DUPLICATE_PATH: {
    title: "Two sources for one rendered file",
    meaning:
      "Two authored files lead to the same rendered file, or to two whose names differ in case only. Nothing was written.",
    remedy: "Rename one of the two objects, or remove it from one of the two files.",
  },
  WRITE_PATH_BLOCKED: {
    title: "Something stands where a rendered file belongs",
    meaning:
      "A folder, a symbolic link or a special file is at the path of a rendered file, or a file is where its folder should be. Links are never followed. Nothing was written.",
    remedy: "Move or delete what the message names, then render again.",
  },
  WRITE_UNMERGED_CONFLICT: {
    title: "Merge conflict in a rendered file",
    meaning:
      "Git could not merge a rendered file. It is rendered again from the authored files, so its conflict needs no thought.",
    remedy: "Resolve conflicts in the authored files, render, and `git add` the rendered files.",
  },
  WRITE_HAND_EDITED: {
    title: "A rendered file was edited by hand",
    meaning:
      "The content of a rendered file is not what its first line says was rendered. Rendering replaces it.",
    remedy:
      "Make the change in the authored file the message names. `git diff` shows what was edited; a render keeps the edited text below `.rzp/hand-edited/` before it replaces the file.",
  },
  WRITE_UNKNOWN_FILE: {
    title: "A file nobody renders lies among rendered ones",
    meaning:
      "A file without RZP's marker is in a folder of rendered files. It is left alone, and no Application deploys it.",
    remedy: "Move it out of the rendered folders or delete it.",
  },
  WRITE_UNKNOWN_DEPLOYED: {
    title: "A file nobody renders is deployed",
    meaning:
      "A file without RZP's marker is where an Application of Argo CD takes every `.yaml` file, so it is deployed with what is rendered. A render leaves it alone and says so; `render --check` fails.",
    remedy:
      "Write it as `objects` of the service if it is meant; otherwise move it out of kubernetes/ or delete it.",
  },
  WRITE_LOCKED: {
    title: "Another command is writing this repository",
    meaning:
      "One command at a time may write. The lock of a process that no longer runs is taken over by itself, unless it ran on another machine or in another container.",
    remedy: "Wait for the other command. If it runs no more, delete `.rzp/lock`.",
  },
  WRITE_NO_SPACE: {
    title: "No space left",
    meaning:
      "The file system or your quota is full. The message says whether anything was changed.",
    remedy: "Free some space and run the command again.",
  },
  WRITE_NOT_WRITABLE: {
    title: "Not writable",
    meaning:
      "The file system is read-only, or your user may not write there. The message says whether anything was changed.",
    remedy:
      "Mount it writable or change the rights of the path in the message, then run the command again.",
  },
  WRITE_OTHER_FILE_SYSTEM: {
    title: "The repository spans two file systems",
    meaning:
      "Files are put in place by rename, which works on one file system only; a part of the tree is on another than `.rzp`.",
    remedy: "Keep the whole repository on one file system.",
  },
  WRITE_NAME_TOO_LONG: {
    title: "A path is too long for the file system",
    meaning: "A rendered file's name is longer than the file system allows, mostly 255 bytes.",
    remedy: "Give the service or the object a shorter name.",
  },
  WRITE_FAILED: {
    title: "The file system refused",
    meaning:
      "Writing failed for a reason RZP has no better word for; the message has the system's own.",
    remedy: "Find out what is wrong with the path, then run the command again.",
  },
  WRITE_RUN_COMPLETED: {
    title: "An interrupted run was completed",
    meaning:
      "An earlier command was killed while it put files in place; what was left of its work is done now.",
    remedy: "Nothing to do.",
  },
  WRITE_RUN_DROPPED: {
    title: "An interrupted run was dropped",
    meaning:
      "An earlier command was killed while it put files in place, and the tree has changed since, so its work was not completed. Every file is whole, but some are older than others.",
    remedy: "Run `npm run render`.",
  },
} as const satisfies Record<string, CodeEntry>;

// The door of this room: what does a container really run, and which ports does that open.

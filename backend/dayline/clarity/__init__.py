"""How often members gave a reason for points that their texts miss."""
